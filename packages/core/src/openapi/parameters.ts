import type { OperationDefinition } from '../definition.ts'
import { CoreError } from '../errors.ts'
import { pathParametersOf } from '../path.ts'
import type { Components } from './components.ts'
import { membersOf } from './members.ts'
import type { ParameterObject } from './types.ts'

/** The parameters of an operation: one for each member of its params, query, headers and cookies. */
export function parametersOf(
  definition: OperationDefinition,
  components: Components,
  place: string,
): ParameterObject[] {
  const { params, query, headers, cookies } = definition.request
  const inPath = pathParametersOf(definition.path)
  const members = (schema: typeof query, part: string) =>
    schema
      ? membersOf(
          components.schema(schema, 'input', `the ${part} of ${place}`, 'text'),
          components,
          part,
        )
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
    ...members(cookies, 'cookies').map((member): ParameterObject => ({ ...member, in: 'cookie' })),
  ]
}
