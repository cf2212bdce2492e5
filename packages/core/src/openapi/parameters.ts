import type { OperationDefinition } from '../definition.ts'
import { CoreError } from '../errors.ts'
import { pathParametersOf } from '../path.ts'
import type { AnySchema } from '../schema.ts'
import { schemaName } from './components.ts'
import type { Surroundings } from './content.ts'
import { membersOf } from './members.ts'
import type { ParameterObject } from './message-types.ts'
import type { ReferenceObject } from './types.ts'

/**
 * The parameters of an operation: one for each member of its params, query, headers and cookies. Those of a
 * schema with a name are components, for whoever else has them.
 */
export function parametersOf(
  definition: OperationDefinition,
  surroundings: Surroundings,
): (ParameterObject | ReferenceObject)[] {
  const { params, query, headers, cookies } = definition.request
  return [
    ...pathParameters(definition, params, surroundings),
    ...parametersIn('query', query, surroundings),
    ...parametersIn('header', headers, surroundings),
    ...parametersIn('cookie', cookies, surroundings),
  ]
}

const PARTS = { query: 'query', header: 'headers', cookie: 'cookies' } as const

function parametersIn(
  source: keyof typeof PARTS,
  schema: AnySchema | undefined,
  { components, reusable, place }: Surroundings,
): (ParameterObject | ReferenceObject)[] {
  if (schema === undefined) return []
  const name = `the ${PARTS[source]} of ${place}`
  const json = components.inline(schema, 'input', name)
  return membersOf(json, components, name).map((member) =>
    written({ ...member, in: source }, schema, { reusable, place }),
  )
}

function pathParameters(
  { path }: OperationDefinition,
  schema: AnySchema | undefined,
  { components, reusable, place }: Surroundings,
): (ParameterObject | ReferenceObject)[] {
  const names = pathParametersOf(path)
  const name = `the params of ${place}`
  const members = schema
    ? membersOf(components.inline(schema, 'input', name), components, name)
    : []
  const lost = members.find(({ name }) => !names.includes(name))
  if (lost) {
    throw new CoreError(
      'path',
      `${place} declares the path parameter '${lost.name}', which its path lacks`,
    )
  }
  return names.map((name) => {
    const declared = members.find((member) => member.name === name)
    const member = declared ?? { name, schema: { type: 'string' } }
    return written({ ...member, in: 'path', required: true }, declared && schema, {
      reusable,
      place,
    })
  })
}

/** Writes a parameter where it stands, or once for all if the schema that it is a member of has a name. */
function written(
  parameter: ParameterObject,
  schema: AnySchema | undefined,
  { reusable, place }: Pick<Surroundings, 'reusable' | 'place'>,
): ParameterObject | ReferenceObject {
  const set = schema && schemaName(schema)
  return set === undefined
    ? parameter
    : reusable('parameters', `${set}.${parameter.name}`, { object: parameter, place })
}
