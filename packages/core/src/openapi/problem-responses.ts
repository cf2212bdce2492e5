import { ANONYMOUS } from '../definition/anonymous-object.ts'
import type { OperationDefinition } from '../definition/definition.ts'
import type { ResponseObject } from '../definition/openapi-message-types.ts'
import type { ReferenceObject } from '../definition/openapi-types.ts'
import { BODY_PART, PARAMETER_PARTS } from '../definition/parts.ts'
import type { ProblemFormat } from '../definition/problem.ts'
import { byStatus } from '../definition/status.ts'
import { PROBLEM_TITLES, PROBLEM_TYPE } from '../problems/problem.ts'
import type { Components } from './components.ts'
import type { Place } from './place.ts'

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

/** The statuses of the problems that a request may have. */
type OwnStatus = 400 | 413 | 415 | 422

const DESCRIPTIONS: Readonly<Record<OwnStatus, string>> = {
  400: 'The body cannot be parsed, is not UTF-8, is nested too deeply, or has a number that is too large.',
  413: 'The body is too large.',
  415: 'The body is not sent as a media type that the operation takes, is compressed, or is not in UTF-8.',
  422: 'The request breaks its schema; errors says where.',
}

const CONTENT = { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } }

/** The component names of problems. */
const NAMES = ofEach((status) => PROBLEM_TITLES[status].replaceAll(' ', ''))

// one object for all operations: components that are one object need no comparison
const RESPONSES = ofEach((status) => ({ description: DESCRIPTIONS[status], content: CONTENT }))

/** Component names that no other response may have. */
export const PROBLEM_NAMES: readonly string[] = Object.values(NAMES)

function ofEach<T>(make: (status: OwnStatus) => T): Readonly<Record<OwnStatus, T>> {
  return { 400: make(400), 413: make(413), 415: make(415), 422: make(422) }
}

/** The problem responses of an operation; components, unless the operation has a format of its own. */
export function problemResponses(
  { request, security, problems }: OperationDefinition,
  { place, document: { components, reusable, problems: apiProblems } }: Place,
): Record<string, ResponseObject | ReferenceObject> {
  const { content } = request
  const format = problems ?? apiProblems
  const problem = (status: OwnStatus): ResponseObject | ReferenceObject => {
    const object = format ? formatted(format, DESCRIPTIONS[status], components) : RESPONSES[status]
    // no other operation has this one's format
    return problems ? object : reusable('responses', NAMES[status], { object, place })
  }
  let responses: Record<string, ResponseObject | ReferenceObject>
  if (content || PARAMETER_PARTS.some(({ part }) => request[part])) {
    if (!format) components.own('Problem', PROBLEM)
    // ten times as fast as a loop
    responses = content
      ? { 400: problem(400), 413: problem(413), 415: problem(415), 422: problem(422) }
      : { 422: problem(422) }
  } else {
    responses = byStatus()
  }
  // the middleware decides its content
  if (security && !security.every((one) => one.some((scheme) => scheme['~object'] === ANONYMOUS))) {
    responses[401] = { description: 'The request does not show what security demands.' }
  }
  return responses
}

function formatted(
  { mediaType, schema }: ProblemFormat,
  description: string,
  components: Components,
): ResponseObject {
  const json = components.schema(schema, 'output', 'the problems')
  return { description, content: { [mediaType]: { schema: json } } }
}
