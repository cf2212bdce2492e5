import { CoreError, type CoreErrorCode } from '../definition/errors.ts'
import type { JsonSchema } from '../definition/openapi-message-types.ts'
import type { AnySchema } from '../definition/schema.ts'
import { arkTypeOptions } from './arktype.ts'
import { type Converted, withComponents } from './local-references.ts'
import { valibotConverter } from './valibot/json-schema.ts'
import { zodOptions } from './zod.ts'

/** `input` is what somebody writes and we parse, `output` is what we answer. */
export type Side = 'input' | 'output'

/** What a value is on the wire: JSON, or the text of a parameter, a form's field and the like. */
export type Wire = 'json' | 'text'

/** How one schema is converted: for which side, and what is referred to by name instead of written out. */
export interface Conversion {
  readonly side: Side
  readonly wire: Wire
  /** The name of the component that a schema is; on either side that of its input. */
  readonly nameOf: (schema: AnySchema) => string | undefined
  /** Converters of the user's. */
  readonly converters: readonly SchemaConverter[]
}

/** Converts the schemas of a library that does not convert its own. */
export interface SchemaConverter {
  /** The library, as its schemas name it: `schema['~standard'].vendor`. */
  readonly vendor: string
  /** Gives JSON Schema of draft 2020-12: of what is taken, or of what is given. */
  readonly toJsonSchema: (schema: AnySchema, options: { readonly side: Side }) => object
}

interface JsonSchemaProps {
  readonly jsonSchema?: Readonly<Record<Side, (options: object) => JsonSchema>>
}

/** Converts the schemas of one side on one wire; the place is for errors. */
export type ToJson = (schema: AnySchema, place: string) => Converted

/**
 * Converts schemas to JSON Schema: by the user's converter for their library, by themselves where their library can
 * (`~standard.jsonSchema`), or as valibot's.
 *
 * @throws {CoreError} with `schema`, naming the place, when the schema has no JSON form
 */
export function createToJson(conversion: Conversion): ToJson {
  const { side, converters } = conversion
  const fromValibot = valibotConverter(conversion)

  const convert = (schema: AnySchema): Converted | undefined => {
    const standard: AnySchema['~standard'] & JsonSchemaProps = schema['~standard']
    const converter =
      converters.length > 0 && converters.find(({ vendor }) => vendor === standard.vendor)
    if (converter) {
      const json = converter.toJsonSchema(schema, { side }) as JsonSchema
      return withComponents(json, { schema, names: new Set() }, conversion)
    }
    if (standard.jsonSchema) {
      const { names, ...options } = optionsOf(standard.vendor, conversion)
      const json = standard.jsonSchema[side]({ target: 'draft-2020-12', ...options })
      return withComponents(json, { schema, names }, conversion)
    }
    return standard.vendor === 'valibot' ? { json: fromValibot(schema) } : undefined
  }

  return (schema, place) => {
    const problem = (why: string, options?: ErrorOptions, code: CoreErrorCode = 'schema') =>
      new CoreError(code, `${place} cannot be documented: ${why}`, options)
    let converted: Converted | undefined
    try {
      converted = convert(schema)
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      if (cause instanceof CoreError) throw problem(why, { cause }, cause.code)
      throw problem(`${why.replace(/\.?$/, '.')} ${REMEDY[side]}`, { cause })
    }
    if (converted) return converted
    const { vendor } = schema['~standard']
    throw problem(
      `${vendor} schemas do not convert themselves to JSON Schema; give the document a converter: schemas: [{ vendor: '${vendor}', toJsonSchema }]`,
    )
  }
}

/** What a library is told, and the names of components that it then puts into its `$defs`. */
interface LibraryOptions {
  readonly libraryOptions?: object
  readonly names: ReadonlySet<string>
}

function optionsOf(vendor: string, conversion: Conversion): LibraryOptions {
  if (vendor === 'zod') return zodOptions(conversion)
  return { ...(vendor === 'arktype' && arkTypeOptions(conversion)), names: new Set() }
}

const REMEDY = {
  input: 'Declare what is on the wire, and turn it into other types by a transformation.',
  output: 'Let the schema end with a schema of what is sent.',
}
