import { CoreError } from './errors.ts'

/**
 * A schema of any library that implements Standard Schema; valibot is the default. The interface is copied here, as
 * the specification suggests: its package would be one more to install.
 *
 * @see https://standardschema.dev
 */
export interface AnySchema {
  readonly '~standard': {
    readonly version: 1
    /** The name of the library. */
    readonly vendor: string
    readonly types?: { readonly input: unknown; readonly output: unknown } | undefined
    readonly validate: (value: unknown) => SchemaResult | Promise<SchemaResult>
  }
}

/** The outcome of a validation: the value, or what is wrong with it. */
export type SchemaResult =
  | { readonly value: unknown; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] }

/** One thing that is wrong with a value, and the keys that lead to it. */
export interface SchemaIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

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
 *
 * @throws {CoreError} with `schema` for a value that is no schema
 */
export function namedSchema<TSchema extends AnySchema>(name: string, schema: TSchema): TSchema {
  if (typeof name !== 'string' || !schema?.['~standard']) {
    throw new CoreError(
      'schema',
      "namedSchema takes a name and a schema: namedSchema('Order', v.object({ id: v.string() }))",
    )
  }
  names.set(schema, name)
  return schema
}

/** The name from `namedSchema`. */
export function nameOf(schema: AnySchema): string | undefined {
  return names.get(schema)
}
