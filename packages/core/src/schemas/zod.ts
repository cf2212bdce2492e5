import type { JsonSchema } from '../definition/openapi-message-types.ts'
import type { AnySchema } from '../definition/schema.ts'
import { escaped, refusal } from './at.ts'
import { type Branch, discriminatorOf } from './discriminator.ts'
import type { Conversion } from './json-schema.ts'

/** As much of a zod 4 schema as is read here. */
interface ZodSchema extends AnySchema {
  readonly meta?: () => Readonly<Record<string, unknown>> | undefined
  readonly _zod: {
    readonly def: {
      readonly type: string
      readonly catchall?: unknown
      readonly discriminator?: string
      readonly options?: readonly ZodSchema[]
    }
    readonly propValues?: Readonly<Record<string, ReadonlySet<unknown>>>
  }
}

interface Place {
  readonly zodSchema: ZodSchema
  readonly path: readonly (string | number)[]
}

/** What zod's converter is told: names, what JSON has no word for, and what we say otherwise. */
export function zodOptions(conversion: Conversion): {
  readonly libraryOptions: object
  readonly names: ReadonlySet<string>
} {
  const { side, wire, nameOf } = conversion
  const names = new Set<string>()

  /** In place of zod's registry: what has an id is written apart. */
  const metadata = {
    get(schema: ZodSchema) {
      const { id: _, ...meta } = metaOf(schema)
      const id = nameOf(schema)
      if (id === undefined) return meta
      names.add(id)
      return { ...meta, id }
    },
  }

  const override = ({ zodSchema, jsonSchema }: { zodSchema: ZodSchema; jsonSchema: Draft }) => {
    const { type, catchall, discriminator, options = [] } = zodSchema._zod.def
    // an answer is sent as it was given, members that no schema knows included
    if (type === 'object' && side === 'output' && !catchall) delete jsonSchema.additionalProperties
    if (wire === 'text' && jsonSchema.type === undefined) Object.assign(jsonSchema, IN_TEXT[type])
    // a default is what a request may leave out
    if (side === 'output') delete jsonSchema.default
    if (discriminator !== undefined && Array.isArray(jsonSchema.oneOf)) {
      const branches = jsonSchema.oneOf.map((json: JsonSchema, index): Branch => {
        const values = options[index]?._zod.propValues?.[discriminator]
        return { json, values: values && [...values] }
      })
      Object.assign(jsonSchema, discriminatorOf(discriminator, branches))
    }
  }

  // a parameter may become what JSON has no word for
  const unrepresentable =
    wire === 'text' ? 'any' : (place: Place) => unrepresented(place, conversion)
  return { libraryOptions: { metadata, override, unrepresentable }, names }
}

/** The id that `meta({ id })` gave. */
export function zodIdOf(schema: AnySchema): string | undefined {
  if (!('_zod' in schema)) return undefined
  const { id } = metaOf(schema as ZodSchema)
  return typeof id === 'string' ? id : undefined
}

type Draft = { [keyword: string]: unknown }

function metaOf({ meta }: ZodSchema): Readonly<Record<string, unknown>> {
  return meta?.() ?? {}
}

const DATE = { type: 'string', format: 'date-time' }
const IN_TEXT: Readonly<Record<string, JsonSchema>> = { bigint: { type: 'integer' }, date: DATE }

function unrepresented({ zodSchema, path }: Place, { side }: Conversion): JsonSchema {
  const { type } = zodSchema._zod.def
  if (type === 'date' && side === 'output') return DATE
  // a member that may be `undefined` is one that may be left out
  if (type === 'undefined' && path.length > 0) return { not: {} }
  throw refusal({ side, pointer: pointerOf(path) }, `zod's '${type}'`, REMEDY)
}

const REMEDY = {
  input: 'Declare what is on the wire, and turn it into other types: z.string().transform(…).',
  output:
    'Let the schema end with a schema of what is sent, as in z.….transform(…).pipe(z.string()).',
}

/** The member, where the path is that of the JSON Schema. */
function pointerOf(path: readonly (string | number)[]): string {
  let pointer = ''
  for (let index = 0; index < path.length; index++) {
    const keyword = path[index]
    const next = path[index + 1]
    if (keyword === 'items' || keyword === 'additionalProperties') pointer += '/*'
    else if (next === undefined) continue
    else if (keyword === 'properties' || keyword === 'prefixItems') {
      pointer += escaped(`/${next}`)
      index++
    } else if (keyword === 'anyOf' || keyword === 'oneOf') {
      pointer += `|${Number(next) + 1}`
      index++
    }
  }
  return pointer
}
