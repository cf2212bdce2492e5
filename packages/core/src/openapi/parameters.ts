import type { OperationDefinition, RequestDefinition } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import type { ParameterObject } from '../definition/openapi-message-types.ts'
import type { ReferenceObject } from '../definition/openapi-types.ts'
import { PARAMETER_PARTS } from '../definition/parts.ts'
import { pathParametersOf, pathPatternsOf } from '../definition/path.ts'
import type { AnySchema } from '../definition/schema.ts'
import { schemaName } from './component-name.ts'
import { type Member, membersOf } from './members.ts'
import type { Place } from './place.ts'

type Written = ParameterObject | ReferenceObject

/**
 * The parameters of an operation, one for each member of its params, query, headers and cookies. The members of a
 * named schema are components.
 */
export function parametersOf(definition: OperationDefinition, at: Place): Written[] {
  const { request } = definition
  return [...pathParameters(definition, request.params, at), ...fieldParametersOf(request, at)]
}

/** The parameters of a request that its path does not have, one for each member of its query, headers and cookies. */
export function fieldParametersOf(
  request: Omit<RequestDefinition, 'content'>,
  at: Place,
): Written[] {
  return PARAMETER_PARTS.flatMap(({ part, location }) => {
    const schema = part === 'params' ? undefined : request[part]
    if (!schema) return []
    return members(schema, part, at).map((member) =>
      shared({ ...member, in: location }, schema, at),
    )
  })
}

function members(schema: AnySchema, part: string, { place, document }: Place): Member[] {
  const { components } = document
  const name = `the ${part} of ${place}`
  return membersOf(components.inline(schema, 'input', name), components, name)
}

function pathParameters(
  { path }: OperationDefinition,
  schema: AnySchema | undefined,
  at: Place,
): Written[] {
  const names = pathParametersOf(path)
  const all = schema ? members(schema, 'params', at) : []
  const lost = all.find(({ name }) => !names.includes(name))
  if (lost) {
    throw new CoreError(
      'path',
      `${at.place} declares the path parameter '${lost.name}', which its path lacks`,
    )
  }
  const patterns = pathPatternsOf(path)
  return names.map((name) => {
    const declared = all.find((member) => member.name === name)
    const { schema: json, ...member } = declared ?? { name, schema: { type: 'string' } }
    // a component can belong to several paths
    const set = declared && schema && schemaName(schema) !== undefined
    const pattern = set || json.type !== 'string' || json.pattern ? undefined : patterns.get(name)
    return shared(
      {
        ...member,
        in: 'path',
        required: true,
        schema: pattern === undefined ? json : { ...json, pattern },
      },
      declared && schema,
      at,
    )
  })
}

/** Writes a parameter inline, or as a component where its schema, the one that it is a member of, has a name. */
function shared(
  object: ParameterObject,
  schema: AnySchema | undefined,
  { place, document }: Place,
): Written {
  const set = schema && schemaName(schema)
  return set === undefined
    ? object
    : document.reusable('parameters', `${set}.${object.name}`, { object, place })
}
