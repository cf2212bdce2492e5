import { CoreError } from '../definition/errors.ts'
import type { JsonSchema } from '../definition/openapi-message-types.ts'
import type { Components } from './components.ts'

/** A member of an object schema, with the fields of a parameter or a header. */
export interface Member {
  readonly name: string
  readonly description?: string
  readonly required?: true
  readonly deprecated?: true
  readonly schema: JsonSchema
}

/**
 * The members of a schema for a set of parameters, headers or cookies.
 *
 * @throws {CoreError} with `schema` when the schema is no object
 */
export function membersOf(schema: JsonSchema, components: Components, place: string): Member[] {
  const json = typeof schema.$ref === 'string' ? components.resolve(schema.$ref) : schema
  if (Array.isArray(json.allOf)) {
    return json.allOf.flatMap((one) => membersOf(one, components, place))
  }
  // as JSON Schema defines these keywords
  const { properties, required = [] } = json as {
    properties?: Record<string, JsonSchema>
    required?: readonly string[]
  }
  if (properties === undefined) {
    throw new CoreError(
      'schema',
      `${place} cannot be documented: the schema must be an object with a member for each parameter`,
    )
  }
  return Object.entries(properties).map(([name, member]) => ({
    name,
    ...(required.includes(name) && { required: true as const }),
    ...lifted(member),
  }))
}

/** Moves the description and deprecation of a member to its parameter. */
function lifted({ description, deprecated, ...schema }: JsonSchema): Omit<Member, 'name'> {
  return {
    ...(typeof description === 'string' && { description }),
    ...(deprecated === true && { deprecated }),
    schema,
  }
}
