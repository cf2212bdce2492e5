import type { OperationDefinition } from '../definition.ts'
import { JSON_TYPE } from '../media-type.ts'
import type { ProblemStatus } from '../problem.ts'
import type { ProblemFormat } from '../problem-format.ts'
import { anonymous } from '../security.ts'
import type { Components } from './components.ts'
import type { ResponseObject } from './types.ts'

const ISSUE = {
  type: 'object',
  properties: {
    in: { type: 'string', enum: ['path', 'query', 'header', 'cookie', 'body'] },
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

/** The problems that we answer for an operation before its function runs. */
export function problemResponses(
  { request, security }: OperationDefinition,
  components: Components,
  format: ProblemFormat | undefined,
): Record<string, ResponseObject> {
  const { content, params, query, headers, cookies } = request
  const problems: Partial<Record<ProblemStatus, string>> = {}
  if (content) {
    const types = Object.keys(content)
    const isJson = types.every((type) => type === JSON_TYPE)
    problems[400] = isJson
      ? 'The body is not valid JSON, or nested too deeply.'
      : 'The body cannot be parsed, or is nested too deeply.'
    problems[413] = 'The body is too large.'
    problems[415] = isJson
      ? 'The body is not sent as JSON.'
      : `The body is not sent as ${types.join(' or ')}.`
  }
  if (content || params || query || headers || cookies) {
    problems[422] = 'The request breaks its schema; errors says where.'
  }

  const responses: Record<string, ResponseObject> = {}
  // what it says is up to the middleware that says it
  if (security && !security.every((one) => one.includes(anonymous))) {
    responses[401] = { description: 'The request does not show what security demands.' }
  }
  const statuses = Object.entries(problems)
  if (statuses.length === 0) return responses
  const body = format
    ? { [format.mediaType]: { schema: components.schema(format.schema, 'output', 'the problems') } }
    : { 'application/problem+json': { schema: components.own('Problem', PROBLEM) } }
  for (const [status, description] of statuses) responses[status] = { description, content: body }
  return responses
}
