import type { StandardSchemaV1 } from '@standard-schema/spec'

/** A schema of any library that follows the Standard Schema specification; valibot is the default. */
export type AnySchema = StandardSchemaV1

/** The input type of a schema: the value before validation. */
export type InputOf<TSchema extends AnySchema> = NonNullable<TSchema['~standard']['types']>['input']

/** The output type of a schema: the value after validation. */
export type OutputOf<TSchema extends AnySchema> = NonNullable<
  TSchema['~standard']['types']
>['output']

const names = new WeakMap<AnySchema, string>()

/**
 * Names a schema for `components/schemas` of the document; returns the same schema.
 *
 * @example
 * const Invoice = namedSchema('Invoice', v.object({ id: v.string() }))
 */
export function namedSchema<TSchema extends AnySchema>(name: string, schema: TSchema): TSchema {
  names.set(schema, name)
  return schema
}

/** The name from `namedSchema`. */
export function nameOf(schema: AnySchema): string | undefined {
  return names.get(schema)
}
