import type { JsonSchema } from '../definition/openapi-message-types.ts'

/** A branch of a union, and the values of the discriminating member that select it. */
export interface Branch {
  readonly json: JsonSchema
  readonly values: readonly unknown[] | undefined
}

/**
 * The discriminator of a union; none unless every branch is a component, since OpenAPI's discriminator ignores inline
 * schemas.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#discriminator-object
 */
export function discriminatorOf(propertyName: string, branches: readonly Branch[]): JsonSchema {
  const mapping: [string, unknown][] = []
  for (const { json, values } of branches) {
    if (json.$ref === undefined || Object.keys(json).length > 1 || !values?.length) return {}
    for (const value of values) {
      if (!['string', 'number', 'boolean'].includes(typeof value)) return {}
      mapping.push([String(value), json.$ref])
    }
  }
  return { discriminator: { propertyName, mapping: Object.fromEntries(mapping) } }
}
