import type { AnySchema } from '../definition/schema.ts'
import type { Side } from './conversion.ts'
import {
  ANY,
  arrayOutline,
  intersectionOutline,
  type Kind,
  lazyOutline,
  type Outline,
  objectOutline,
  scalarOutline,
  unionOutline,
  valuesOutline,
  wordOutline,
} from './outline.ts'
import { standardJson } from './standard.ts'

interface Json {
  readonly type?: string | readonly string[]
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Json>>
  readonly additionalProperties?: Json | boolean
  readonly items?: Json | boolean
  readonly prefixItems?: readonly Json[]
  readonly anyOf?: readonly Json[]
  readonly oneOf?: readonly Json[]
  readonly allOf?: readonly Json[]
  readonly default?: unknown
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly $ref?: string
}

/** Outlines one side of a schema by the JSON Schema of its library's converter. */
export function standardOutline(schema: AnySchema, side: Side): Outline {
  const root: Json | undefined = standardJson(schema, side)
  return root === undefined ? ANY : jsonOutline(root, root)
}

function jsonOutline(json: Json, root: Json): Outline {
  const outline = withoutFallback(json, root)
  const { default: fallback } = json
  return fallback === undefined ? outline : { ...outline, fallback: () => fallback }
}

function withoutFallback(json: Json, root: Json): Outline {
  if (json.$ref !== undefined) return referenceOutline(json.$ref, root)

  const branches = json.anyOf ?? json.oneOf
  if (branches) return unionOutline(branches.map((branch) => jsonOutline(branch, root)))
  if (json.allOf) return intersectionOutline(json.allOf.map((part) => jsonOutline(part, root)))

  if (json.properties || json.type === 'object') {
    const members = new Map(
      Object.entries(json.properties ?? {}).map(([name, member]) => [
        name,
        () => ({ ...jsonOutline(member, root), isOptional: !json.required?.includes(name) }),
      ]),
    )
    // without the keyword, the validator drops other members or passes them on unseen
    const rest = json.additionalProperties
    return objectOutline(members, typeof rest === 'object' ? jsonOutline(rest, root) : undefined)
  }
  if (json.prefixItems || json.items || json.type === 'array') {
    const { items } = json
    return arrayOutline(
      (json.prefixItems ?? []).map((item) => () => jsonOutline(item, root)),
      typeof items === 'object' ? () => jsonOutline(items, root) : undefined,
    )
  }
  if (json.const !== undefined) return valuesOutline([json.const])
  if (json.enum) return valuesOutline(json.enum)
  if (json.type === 'string' && isConditional(json)) return wordOutline(conditionOf(json))
  if (json.type === undefined) return ANY
  return scalarOutline([json.type].flat().flatMap((type) => KINDS[type] ?? ['unknown']))
}

function isConditional({ pattern, minLength, maxLength }: Json): boolean {
  return pattern !== undefined || minLength !== undefined || maxLength !== undefined
}

/** Whether text meets the keywords of a string. A pattern that is no regular expression is left to the schema. */
function conditionOf({ pattern, minLength = 0, maxLength = Infinity }: Json) {
  let expression: RegExp | undefined
  try {
    expression = pattern === undefined ? undefined : new RegExp(pattern, 'u')
  } catch {}
  return (text: string): boolean => {
    const { length } = [...text]
    return length >= minLength && length <= maxLength && (expression?.test(text) ?? true)
  }
}

const KINDS: Readonly<Record<string, readonly Kind[]>> = {
  string: ['string'],
  number: ['number'],
  integer: ['number'],
  boolean: ['boolean'],
  null: [],
}

/** Outlines the target of a reference, which may lead back to where it stands. */
function referenceOutline(reference: string, root: Json): Outline {
  const target = () => {
    let json: unknown = root
    for (const name of reference.split('/').slice(1)) {
      // any value may be read so; one that is missing is handled below
      json = (json as Record<string, unknown> | undefined)?.[name]
    }
    return json === undefined ? ANY : jsonOutline(json as Json, root)
  }
  return lazyOutline(target)
}
