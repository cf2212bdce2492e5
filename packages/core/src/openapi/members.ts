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
  const branches = json.oneOf ?? json.anyOf
  if (Array.isArray(branches)) {
    return ofAnyBranch(branches.map((one) => membersOf(one, components, place)))
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

/** The members of a union: each has the schema of any branch, and is required if every branch requires it. */
function ofAnyBranch(branches: readonly (readonly Member[])[]): Member[] {
  const merged = new Map<string, Member[]>()
  for (const member of branches.flat()) {
    merged.set(member.name, [...(merged.get(member.name) ?? []), member])
  }
  return [...merged.values()].flatMap((same) => {
    const [first] = same
    if (first === undefined) return []
    const { required: _, ...rest } = first
    const isRequired = same.length === branches.length && same.every(({ required }) => required)
    const schemas = new Map(same.map(({ schema }) => [JSON.stringify(schema), schema]))
    return {
      ...rest,
      ...(isRequired && { required: true as const }),
      schema: schemas.size > 1 ? { anyOf: [...schemas.values()] } : first.schema,
    }
  })
}

/** Moves the description and deprecation of a member to its parameter. */
function lifted({ description, deprecated, ...schema }: JsonSchema): Omit<Member, 'name'> {
  return {
    ...(typeof description === 'string' && { description }),
    ...(deprecated === true && { deprecated }),
    schema,
  }
}
