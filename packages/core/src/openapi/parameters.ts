import type { OperationDefinition } from '../definition.ts'
import { CoreError } from '../errors.ts'
import { pathParametersOf } from '../path.ts'
import type { Components } from './components.ts'
import type { JsonSchema, ParameterObject } from './types.ts'

/** The parameters of an operation: one for each member of its params, query and headers. */
export function parametersOf(
  definition: OperationDefinition,
  components: Components,
  place: string,
): ParameterObject[] {
  const { params, query, headers } = definition.request
  const inPath = pathParametersOf(definition.path)
  const members = (schema: typeof query, part: string) =>
    schema
      ? membersOf(components.schema(schema, 'input', `the ${part} of ${place}`), components, part)
      : []

  const declared = new Map(members(params, 'params').map(({ name, schema }) => [name, schema]))
  for (const name of declared.keys()) {
    if (!inPath.includes(name)) {
      throw new CoreError(
        'path',
        `${place} declares the path parameter '${name}', which its path lacks`,
      )
    }
  }
  return [
    ...inPath.map((name): ParameterObject => {
      return { name, in: 'path', required: true, schema: declared.get(name) ?? { type: 'string' } }
    }),
    ...members(query, 'query').map((member): ParameterObject => ({ ...member, in: 'query' })),
    ...members(headers, 'headers').map((member): ParameterObject => ({ ...member, in: 'header' })),
  ]
}

interface Member {
  readonly name: string
  readonly required?: true
  readonly schema: JsonSchema
}

function membersOf(schema: JsonSchema, components: Components, part: string): Member[] {
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
