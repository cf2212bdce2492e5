import type { AnySchema } from '../definition/schema.ts'
import type { Side } from './conversion.ts'

/** The JSON Schema dialect of OpenAPI 3.1. */
export const TARGET = 'draft-2020-12'

/** Converts a schema to the JSON Schema of one side; throws if that cannot express it. */
type ConvertSide = (options: {
  readonly target: string
  readonly libraryOptions?: Record<string, unknown> | undefined
}) => Record<string, unknown>

/**
 * The converter that a library gives each of its schemas, as the Standard JSON Schema specification defines it.
 *
 * @see https://standardschema.dev/json-schema
 */
export type StandardConverter = Readonly<Record<Side, ConvertSide>>

/** The converter of a schema; `undefined` if its library has none. */
export function converterOf(schema: AnySchema): StandardConverter | undefined {
  const standard: AnySchema['~standard'] & { readonly jsonSchema?: StandardConverter } =
    schema['~standard']
  return standard.jsonSchema
}

/** The JSON Schema of one side; `undefined` where the library has no converter or cannot convert the schema. */
export function standardJson(schema: AnySchema, side: Side): object | undefined {
  try {
    // zod: a part that JSON lacks, such as a Date, is unknown; the rest is still known
    const libraryOptions = { unrepresentable: 'any' }
    return converterOf(schema)?.[side]({ target: TARGET, libraryOptions })
  } catch {
    return undefined
  }
}
