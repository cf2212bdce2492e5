import { escapeSegment } from '../definition/json-pointer.ts'
import type { JsonSchema } from '../definition/openapi-message-types.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { Conversion } from './conversion.ts'
import { type Branch, discriminatorOf } from './discriminator.ts'
import { refusal, remedyFor } from './refusal.ts'

/** The data of a zod 4 schema that is read here. */
interface ZodSchema extends AnySchema {
  readonly meta?: () => Readonly<Record<string, unknown>> | undefined
  readonly _zod: {
    readonly def: {
      readonly type: string
      readonly catchall?: unknown
      readonly discriminator?: string
      readonly innerType?: ZodSchema
      readonly options?: readonly ZodSchema[]
    }
    readonly propValues?: Readonly<Record<string, ReadonlySet<unknown>>>
  }
}

/** A part of a schema, and its path in the JSON Schema. */
interface Part {
  readonly zodSchema: ZodSchema
  readonly path: readonly (string | number)[]
}

type MutableJson = { [keyword: string]: unknown }

/** Options of zod's converter: component names, and the parts that are described otherwise or refused. */
export function zodOptions(conversion: Conversion): {
  readonly libraryOptions: Record<string, unknown>
  readonly names: ReadonlySet<string>
} {
  const { side, wire, nameOf } = conversion
  const names = new Set<string>()

  // takes the place of zod's registry: a schema with an id becomes a definition
  const metadata = {
    get(schema: ZodSchema) {
      const { id: _, ...meta } = metaOf(schema)
      const id = nameOf(schema)
      if (id === undefined) return meta
      names.add(id)
      return { ...meta, id }
    },
  }

  const override = ({
    zodSchema,
    jsonSchema,
  }: {
    zodSchema: ZodSchema
    jsonSchema: MutableJson
  }) => {
    const { type, catchall, discriminator, options = [] } = zodSchema._zod.def
    // a later version may add members, and the API may keep those that are not declared
    if (type === 'object' && side === 'output' && !catchall) delete jsonSchema.additionalProperties
    if (wire === 'text' && jsonSchema.type === undefined) Object.assign(jsonSchema, IN_TEXT[type])
    // a notion of TypeScript: in a request, the keyword lets clients leave the member out
    if (jsonSchema.readOnly !== undefined && !saysReadOnly(zodSchema)) delete jsonSchema.readOnly
    // only a request may leave out a member with a default
    if (side === 'output') delete jsonSchema.default
    if (discriminator !== undefined && Array.isArray(jsonSchema.oneOf)) {
      const branches = jsonSchema.oneOf.map((json: JsonSchema, index): Branch => {
        const values = options[index]?._zod.propValues?.[discriminator]
        return { json, values: values && [...values] }
      })
      Object.assign(jsonSchema, discriminatorOf(discriminator, branches))
    }
  }

  // a parameter may be parsed into a type that JSON lacks
  const unrepresentable = wire === 'text' ? 'any' : (part: Part) => unrepresented(part, conversion)
  return { libraryOptions: { metadata, override, unrepresentable }, names }
}

/** The id that `meta({ id })` gave. */
export function zodIdOf(schema: AnySchema): string | undefined {
  // zod 3 has the same vendor and no `_zod`
  if (!isZod4(schema)) return undefined
  const { id } = metaOf(schema)
  return typeof id === 'string' ? id : undefined
}

function isZod4(schema: AnySchema): schema is ZodSchema {
  return '_zod' in schema
}

function metaOf({ meta }: ZodSchema): Readonly<Record<string, unknown>> {
  return meta?.() ?? {}
}

/** Whether `.meta()` of a schema, or of one that it wraps, says that a value is only in responses. */
function saysReadOnly(schema: ZodSchema): boolean {
  const { readOnly } = metaOf(schema)
  const { innerType } = schema._zod.def
  return readOnly === undefined ? innerType !== undefined && saysReadOnly(innerType) : true
}

const DATE = { type: 'string', format: 'date-time' }
const IN_TEXT: Readonly<Record<string, JsonSchema>> = { bigint: { type: 'integer' }, date: DATE }

function unrepresented({ zodSchema, path }: Part, { side }: Conversion): JsonSchema {
  const { type } = zodSchema._zod.def
  if (type === 'date' && side === 'output') return DATE
  // a member that may be `undefined` may be left out
  if (type === 'undefined' && path.length > 0) return { not: {} }
  const refused = { what: `zod's '${type}'`, pointer: pointerOf(path) }
  throw refusal(refused, remedyFor(side, EXAMPLES))
}

const EXAMPLES = {
  input: 'z.string().transform(…)',
  output: 'z.….transform(…).pipe(z.string())',
}

/** The pointer to a member, given its path in the JSON Schema. */
function pointerOf(path: readonly (string | number)[]): string {
  let pointer = ''
  for (let index = 0; index < path.length; index++) {
    const keyword = path[index]
    const next = path[index + 1]
    if (keyword === 'items' || keyword === 'additionalProperties') pointer += '/*'
    else if (next === undefined) continue
    else if (keyword === 'properties' || keyword === 'prefixItems') {
      pointer += `/${escapeSegment(String(next))}`
      index++
    } else if (keyword === 'anyOf' || keyword === 'oneOf') {
      pointer += `|${Number(next) + 1}`
      index++
    }
  }
  return pointer
}
