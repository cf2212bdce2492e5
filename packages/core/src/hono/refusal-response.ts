import type { Context } from 'hono'
import { FORM_TYPE, isJson, MULTIPART_TYPE } from '../definition/media-type.ts'
import type { Problem, ProblemDetails, ProblemFormat, ProblemIssue } from '../definition/problem.ts'
import { PROBLEM_TYPE, type ProblemStatus, problemOf } from '../problems/problem.ts'
import { MAX_ISSUES, toProblemIssue } from '../problems/problem-issue.ts'
import type { Check } from './read-request.ts'
import type { Refusal } from './refusal.ts'

/** Makes the problem response to a refused request, in the given format or that of RFC 9457. */
export function refusalResponse(
  c: Context,
  refusal: Refusal,
  format: ProblemFormat | undefined,
): Response | Promise<Response> {
  const [status, details] = detailsOf(refusal)
  const problem = problemOf(status, details)
  const headers: Record<string, string> = { 'content-type': format?.mediaType ?? PROBLEM_TYPE }
  // https://www.rfc-editor.org/rfc/rfc9110.html#section-12.5.3
  if (refusal.reason === 'compressed') headers['accept-encoding'] = 'identity'
  const respond = (body: unknown) => new Response(JSON.stringify(body), { status, headers })
  return format ? formatted(format, problem, c).then(respond) : respond(problem)
}

async function formatted(format: ProblemFormat, problem: Problem, c: Context): Promise<unknown> {
  return format['~body'](problem, c)
}

function detailsOf(refusal: Refusal): readonly [status: ProblemStatus, details: ProblemDetails] {
  switch (refusal.reason) {
    case 'syntax': {
      const { essence } = refusal
      const format = essence.startsWith('text/') ? 'UTF-8' : (FORMATS[essence] ?? 'JSON')
      return [400, { detail: `the body is not valid ${format}` }]
    }
    case 'overflow':
      return [
        400,
        { detail: 'the body has a number beyond 1.8e308, which is the largest; send it as text' },
      ]
    case 'too-deep':
      return [400, { detail: `the ${refusal.part} is nested too deeply` }]
    case 'too-large':
      return [413, { detail: `the body must not exceed ${refusal.limit} bytes` }]
    case 'too-many-fields':
      return [413, { detail: `the form must not have more than ${refusal.limit} fields` }]
    case 'wrong-type':
      return [415, { detail: describeWrongType(refusal.types) }]
    case 'compressed':
      return [415, { detail: 'send the body without a content-encoding' }]
    case 'charset':
      return [415, { detail: "send the body in UTF-8, with 'charset=utf-8' or without a charset" }]
    case 'missing': {
      const [first] = refusal.types
      return [415, { detail: `the body is missing; send it, with 'content-type: ${first}'` }]
    }
    case 'invalid':
      return [422, { detail: 'the request is not valid', errors: issuesOf(refusal.checks) }]
  }
}

/** The names of formats that are not JSON, by media type. */
const FORMATS: Readonly<Record<string, string>> = {
  [MULTIPART_TYPE]: 'multipart form data',
  [FORM_TYPE]: 'form data',
}

function describeWrongType(types: readonly string[]): string {
  const [first = ''] = types
  if (types.length > 1) {
    return `send the body as ${types.join(' or ')}, with that content-type`
  }
  const name = isJson(first) ? 'JSON' : first
  return `send the body as ${name}, with 'content-type: ${first}'`
}

/** The first issues of all parts of a request. */
function issuesOf(checks: readonly Check[]): ProblemIssue[] {
  const found: ProblemIssue[] = []
  for (const { part, value, result } of checks) {
    for (const issue of result.issues ?? []) {
      if (found.length === MAX_ISSUES) return found
      found.push(toProblemIssue(part.location, issue, value))
    }
  }
  return found
}
