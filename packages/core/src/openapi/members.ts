import { CoreError } from '../errors.ts'
import type { JsonSchema } from './message-types.ts'

/** One member of an object's schema, as a parameter or a header says it. */
export interface Member {
  readonly name: string
  readonly description?: string
  readonly required?: true
  readonly deprecated?: true
  readonly schema: JsonSchema
}

/**
 * The members of a schema that stands for a set of parameters, headers or cookies.
 *
 * @throws {CoreError} with `schema` when it is no object
 */
export function membersOf(json: JsonSchema, part: string): Member[] {
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
    ...lifted(member),
  }))
}

/** What the schema says of the whole member is the parameter's to say. */
function lifted({ description, deprecated, ...schema }: JsonSchema): Omit<Member, 'name'> {
  return {
    ...(typeof description === 'string' && { description }),
    ...(deprecated === true && { deprecated }),
    schema,
  }
}
