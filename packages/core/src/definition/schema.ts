import type { StandardSchemaV1 } from '@standard-schema/spec'

/** A schema of any library that follows the Standard Schema specification; valibot is the default. */
export type AnySchema = StandardSchemaV1

/** What is written on the wire, or by whoever fills the schema in. */
export type InputOf<TSchema extends AnySchema> = NonNullable<TSchema['~standard']['types']>['input']

/** What validation gives. */
export type OutputOf<TSchema extends AnySchema> = NonNullable<
  TSchema['~standard']['types']
>['output']

const names = new WeakMap<AnySchema, string>()

/**
 * Gives a schema the name under which the document lists it in `components/schemas`; returns the same schema.
 *
 * @example
 * const Invoice = namedSchema('Invoice', v.object({ id: v.string() }))
 */
export function namedSchema<TSchema extends AnySchema>(name: string, schema: TSchema): TSchema {
  names.set(schema, name)
  return schema
}

/** The name that `named` gave. */
export function nameOf(schema: AnySchema): string | undefined {
  return names.get(schema)
}
