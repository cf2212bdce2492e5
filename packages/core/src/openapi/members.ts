import { CoreError } from '../errors.ts'
import type { Components } from './components.ts'
import type { JsonSchema } from './types.ts'

/** One member of an object's schema. */
export interface Member {
  readonly name: string
  readonly required?: true
  readonly schema: JsonSchema
}

/**
 * The members of a schema that stands for a set of parameters, headers or cookies.
 *
 * @throws {CoreError} with `schema` when it is no object
 */
export function membersOf(schema: JsonSchema, components: Components, part: string): Member[] {
  const json = typeof schema.$ref === 'string' ? components.resolve(schema.$ref) : schema
  const { properties, required = [] } = json as {
    properties?: Record<string, JsonSchema>
    required?: readonly string[]
  }
  if (properties === undefined) {
    throw new CoreError(
      'schema',
      `the schema of ${part} must be an object with one member a parameter`,
    )
  }
  return Object.entries(properties).map(([name, member]) => ({
    name,
    ...(required.includes(name) && { required: true as const }),
    schema: member,
  }))
}
