import type { OperationDefinition } from '../definition.ts'
import { CoreError } from '../errors.ts'
import { pathParametersOf } from '../path.ts'
import type { AnySchema } from '../schema.ts'
import { schemaName } from './components.ts'
import type { Place, Surroundings } from './content.ts'
import { membersOf } from './members.ts'
import type { ParameterObject } from './message-types.ts'
import type { ReferenceObject } from './types.ts'

type Written = ParameterObject | ReferenceObject

/**
 * The parameters of an operation: one for each member of its params, query, headers and cookies. Those of a
 * schema with a name are components, for whoever else has them.
 */
export function parametersOf(
  definition: OperationDefinition,
  place: string,
  document: Surroundings,
): Written[] {
  const { params, query, headers, cookies } = definition.request
  const written = pathParameters(definition, params, { place, document })
  if (query) addParameters(written, query, { source: 'query', place, document })
  if (headers) addParameters(written, headers, { source: 'header', place, document })
  if (cookies) addParameters(written, cookies, { source: 'cookie', place, document })
  return written
}

const PARTS = { query: 'query', header: 'headers', cookie: 'cookies' } as const

interface ParameterPlace extends Place {
  readonly source: keyof typeof PARTS
}

function addParameters(
  written: Written[],
  schema: AnySchema,
  { source, place, document }: ParameterPlace,
): void {
  const { components } = document
  const name = `the ${PARTS[source]} of ${place}`
  const set = schemaName(schema)
  for (const member of membersOf(components.inline(schema, 'input', name), components, name)) {
    written.push(shared({ ...member, in: source }, set, { place, document }))
  }
}

function pathParameters(
  { path }: OperationDefinition,
  schema: AnySchema | undefined,
  { place, document }: Place,
): Written[] {
  const names = pathParametersOf(path)
  const { components } = document
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
    const set = declared && schema && schemaName(schema)
    return shared({ ...member, in: 'path', required: true }, set, { place, document })
  })
}

/** Writes a parameter where it stands, or once for all if the schema that it is a member of has a name. */
function shared(
  parameter: ParameterObject,
  set: string | undefined,
  { place, document }: Place,
): Written {
  return set === undefined
    ? parameter
    : document.reusable('parameters', `${set}.${parameter.name}`, { object: parameter, place })
}
