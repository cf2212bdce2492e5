import { ANONYMOUS } from '../definition/anonymous-object.ts'
import type { OperationDefinition } from '../definition/definition.ts'
import type { ResponseObject } from '../definition/openapi-message-types.ts'
import type { ReferenceObject } from '../definition/openapi-types.ts'
import { BODY_PART, PARAMETER_PARTS } from '../definition/parts.ts'
import type { ProblemFormat } from '../definition/problem.ts'
import { byStatus } from '../definition/status.ts'
import { PROBLEM_TITLES } from '../problems/problem.ts'
import type { Components } from './components.ts'
import type { OperationPlace } from './operation.ts'

const ISSUE = {
  type: 'object',
  properties: {
    in: { type: 'string', enum: [...PARAMETER_PARTS, BODY_PART].map(({ location }) => location) },
    pointer: { type: 'string', description: 'A JSON Pointer (RFC 6901) into that part.' },
    detail: { type: 'string' },
  },
  required: ['in', 'pointer', 'detail'],
}

const PROBLEM = {
  type: 'object',
  description: 'Problem details (RFC 9457).',
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    errors: { type: 'array', items: ISSUE },
  },
  required: ['type', 'title', 'status', 'detail'],
}

/** The statuses that we answer by ourselves. */
type OwnStatus = 400 | 413 | 415 | 422

const DESCRIPTIONS: Readonly<Record<OwnStatus, string>> = {
  400: 'The body cannot be parsed, or is nested too deeply.',
  413: 'The body is too large.',
  415: 'The body is not sent as a media type that the operation takes.',
  422: 'The request breaks its schema; errors says where.',
}

const CONTENT = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }

const STATUSES = [400, 413, 415, 422] as const

/** The names of the components that problems are. */
const NAMES = ofEach((status) => PROBLEM_TITLES[status].replaceAll(' ', ''))

// one object for all operations, so that nothing has to be compared with what it is
const RESPONSES = ofEach((status) => ({ description: DESCRIPTIONS[status], content: CONTENT }))

/** What no other component may be named. */
export const PROBLEM_NAMES: readonly string[] = Object.values(NAMES)

function ofEach<T>(make: (status: OwnStatus) => T): Readonly<Record<OwnStatus, T>> {
  return Object.fromEntries(STATUSES.map((status) => [status, make(status)])) as Record<
    OwnStatus,
    T
  >
}

/** The problems that we answer for an operation before its function runs: components, unless worded otherwise. */
export function problemResponses(
  { request, security, problems }: OperationDefinition,
  { place, document: { components, reusable, problems: apiProblems } }: OperationPlace,
): Record<string, ResponseObject | ReferenceObject> {
  const { content } = request
  const format = problems ?? apiProblems
  const problem = (status: OwnStatus): ResponseObject | ReferenceObject => {
    const object = format ? worded(format, DESCRIPTIONS[status], components) : RESPONSES[status]
    // an operation with words of its own is one of its kind
    return problems ? object : reusable('responses', NAMES[status], { object, place })
  }
  let responses: Record<string, ResponseObject | ReferenceObject>
  if (content || PARAMETER_PARTS.some(({ part }) => request[part])) {
    if (!format) components.own('Problem', PROBLEM)
    // written out, they take a tenth of the time
    responses = content
      ? { 400: problem(400), 413: problem(413), 415: problem(415), 422: problem(422) }
      : { 422: problem(422) }
  } else {
    responses = byStatus()
  }
  // what it says is up to the middleware that says it
  if (security && !security.every((one) => one.some((scheme) => scheme['~object'] === ANONYMOUS))) {
    responses[401] = { description: 'The request does not show what security demands.' }
  }
  return responses
}

function worded(
  { mediaType, schema }: ProblemFormat,
  description: string,
  components: Components,
): ResponseObject {
  const json = components.schema(schema, 'output', 'the problems')
  return { description, content: { [mediaType]: { schema: json } } }
}
