import { CoreError } from '../definition/errors.ts'
import type { JsonSchema } from '../definition/openapi-message-types.ts'
import type { Components } from './components.ts'

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
export function membersOf(schema: JsonSchema, components: Components, place: string): Member[] {
  const json = typeof schema.$ref === 'string' ? components.resolve(schema.$ref) : schema
  if (Array.isArray(json.allOf)) {
    return json.allOf.flatMap((one) => membersOf(one, components, place))
  }
  const { properties, required = [] } = json as {
    properties?: Record<string, JsonSchema>
    required?: readonly string[]
  }
  if (properties === undefined) {
    throw new CoreError(
      'schema',
      `${place} cannot be documented: the schema must be an object with one member a parameter`,
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
