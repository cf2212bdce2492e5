import type { OperationDefinition } from '../definition.ts'
import { PROBLEM_TITLES, type ProblemStatus } from '../problem.ts'
import type { Components } from './components.ts'
import type { ResponseObject } from './types.ts'

const ISSUE = {
  type: 'object',
  properties: {
    in: { type: 'string', enum: ['path', 'query', 'header', 'body'] },
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

const DESCRIPTIONS: Partial<Record<ProblemStatus, string>> = {
  400: 'The body is not valid JSON, or nested too deeply.',
  413: 'The body is too large.',
  415: 'The body is not sent as JSON.',
  422: 'The request breaks its schema; errors says where.',
}

/** The problems that we answer for an operation before its function runs. */
export function problemResponses(
  definition: OperationDefinition,
  components: Components,
): Record<string, ResponseObject> {
  const { body, params, query, headers } = definition.request
  const statuses: ProblemStatus[] = []
  if (body) statuses.push(400, 413, 415)
  if (body || params || query || headers) statuses.push(422)
  if (statuses.length === 0) return {}

  const content = { 'application/problem+json': { schema: components.own('Problem', PROBLEM) } }
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: DESCRIPTIONS[status] ?? PROBLEM_TITLES[status], content },
    ]),
  )
}
