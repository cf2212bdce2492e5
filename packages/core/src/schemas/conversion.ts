import type { JsonSchema } from '../definition/openapi-message-types.ts'
import type { AnySchema } from '../definition/schema.ts'

/** `input` is the value that a schema parses, `output` the value that parsing returns. */
export type Side = 'input' | 'output'

/** The encoding of a value: JSON, or the text of a parameter or a form field. */
export type Wire = 'json' | 'text'

/** Options of a conversion to JSON Schema: its side and wire, and the schemas that become references. */
export interface Conversion {
  readonly side: Side
  readonly wire: Wire
  /** The component name of a schema, the same for both sides. */
  readonly nameOf: (schema: AnySchema) => string | undefined
  /** The application's own converters. */
  readonly converters: readonly SchemaConverter[]
}

/** Converts the schemas of one library; takes the place of the library's own converter. */
export interface SchemaConverter {
  /** The library's name in its schemas: `schema['~standard'].vendor`. */
  readonly vendor: string
  /** Returns JSON Schema of draft 2020-12 for the input or the output of a schema. */
  readonly toJsonSchema: (schema: AnySchema, options: { readonly side: Side }) => object
}

/** A converted schema. Its references lead to components, or by `#/$defs/…` to its own definitions. */
export interface Converted {
  readonly json: JsonSchema
  readonly definitions?: ReadonlyMap<string, JsonSchema> | undefined
}

/** Converts a schema; errors name the place. */
export type ToJsonSchema = (schema: AnySchema, place: string) => Converted
