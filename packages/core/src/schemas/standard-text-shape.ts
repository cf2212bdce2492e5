import type { TextShape } from './text-shape.ts'

/** JSON Schema, as far as shapes read it. */
export interface Json {
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly properties?: Readonly<Record<string, Json>>
  readonly additionalProperties?: Json | boolean
  readonly items?: Json | boolean
  readonly prefixItems?: readonly Json[]
  readonly anyOf?: readonly Json[]
  readonly oneOf?: readonly Json[]
  readonly allOf?: readonly Json[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly $ref?: string
}

/** A part of a zod schema, as its converter hands it over. */
interface ZodPart {
  readonly zodSchema: {
    readonly _zod: {
      readonly def: {
        readonly type: string
        readonly coerce?: boolean
        readonly in?: ZodPart['zodSchema']
      }
    }
  }
  readonly jsonSchema: object
}

/** A part of an ArkType schema that JSON Schema lacks. */
interface ArkPart {
  readonly code: string
  readonly base: object
  readonly proto?: { readonly name?: string }
}

const NO_TEXT = { type: 'other' }
const FILE = { type: 'string', format: 'binary' }
const OTHER =
  /^(?:date|bigint|set|map|symbol|nan|function|promise|domain|Set|Map|WeakSet|WeakMap|Promise)$/

/** Options of the converters of zod and ArkType, so that they keep the parts that no text can spell apart. */
export const LIBRARY_OPTIONS: Record<string, unknown> = {
  unrepresentable: ({ zodSchema }: ZodPart) => {
    const { type, coerce } = zodSchema._zod.def
    return OTHER.test(type) && !coerce ? NO_TEXT : {}
  },
  override: ({ zodSchema, jsonSchema }: ZodPart) => {
    // `z.preprocess` takes anything, whatever it makes of it
    if (zodSchema._zod.def.in?._zod.def.type !== 'transform') return
    for (const keyword of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, keyword)
  },
  fallback: {
    default: ({ code, base, proto }: ArkPart) => {
      const name = proto?.name ?? code
      if (OTHER.test(name)) return NO_TEXT
      return code === 'proto' ? (/^(?:File|Blob)$/.test(name) ? FILE : {}) : base
    },
  },
}

const SCALARS: Readonly<Record<string, TextShape['is']>> = {
  string: 'string',
  number: 'scalar',
  integer: 'scalar',
  boolean: 'scalar',
  null: 'scalar',
  array: 'list',
  object: 'object',
}

/** The shape of JSON Schema that a converter wrote with {@link LIBRARY_OPTIONS}. */
export function jsonTextShape(json: Json, root: Json): TextShape {
  const { type, properties, additionalProperties, items, prefixItems, format, $ref } = json
  const shapes = (all: Readonly<Record<string, Json>> | readonly Json[]) =>
    Object.fromEntries(
      Object.entries(all).map(([name, one]) => [name, () => jsonTextShape(one, root)]),
    )
  if ($ref !== undefined) return jsonTextShape(targetOf($ref, root), root)
  const branches = json.anyOf ?? json.oneOf ?? json.allOf
  if (branches) return { is: 'union', parts: shapes(branches) }
  if (properties || type === 'object') {
    const rest = typeof additionalProperties === 'object' ? additionalProperties : undefined
    return {
      is: 'object',
      parts: shapes(properties ?? {}),
      rest: rest && (() => jsonTextShape(rest, root)),
      isClosed: additionalProperties === false,
    }
  }
  if (type === 'array') {
    return {
      is: 'list',
      parts: shapes([...(prefixItems ?? []), ...(typeof items === 'object' ? [items] : [])]),
    }
  }
  if (Array.isArray(type)) return { is: 'union', parts: shapes(type.map((one) => ({ type: one }))) }
  const values = json.enum ?? (json.const === undefined ? [] : [json.const])
  if (values.length > 0)
    return { is: values.some((one) => typeof one === 'string') ? 'string' : 'scalar' }
  if (format === 'binary') return { is: 'file' }
  return { is: typeof type === 'string' ? (SCALARS[type] ?? 'other') : 'any' }
}

function targetOf(reference: string, root: Json): Json {
  let json: unknown = root
  for (const name of reference.split('/').slice(1)) {
    // any value may be read so
    json = (json as Record<string, unknown> | undefined)?.[name]
  }
  return (json ?? {}) as Json
}
