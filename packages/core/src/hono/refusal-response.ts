import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Context } from 'hono'
import { FORM_TYPE, isJson, MULTIPART_TYPE } from '../definition/media-type.ts'
import type { ProblemDetails, ProblemFormat, ProblemIssue } from '../definition/problem.ts'
import { type ProblemStatus, problemOf } from '../problems/problem.ts'
import { MAX_ISSUES, toProblemIssue } from '../problems/problem-issue.ts'
import type { Refusal } from './refusal.ts'
import type { Check } from './request.ts'

/** Answers the problem that a refusal is, in the words of the API where it has its own. */
export async function refusalResponse(
  c: Context,
  refusal: Refusal,
  format: ProblemFormat | undefined,
): Promise<Response> {
  const [status, details] = detailsOf(refusal)
  const problem = problemOf(status, details)
  const body = format ? await format['~body'](problem, c) : problem
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': format?.mediaType ?? 'application/problem+json' },
  })
}

function detailsOf(refusal: Refusal): readonly [status: ProblemStatus, details: ProblemDetails] {
  switch (refusal.reason) {
    case 'syntax': {
      const what = WORDS[refusal.essence] ?? 'JSON'
      return [400, { detail: `the body is not valid ${what}` }]
    }
    case 'too-deep':
      return [400, { detail: `the ${refusal.part} is nested too deeply` }]
    case 'too-large':
      return [413, { detail: `the body may have ${refusal.limit} bytes at most` }]
    case 'wrong-type':
      return [415, { detail: wrongType(refusal.types) }]
    case 'missing': {
      const [first] = refusal.types
      return [415, { detail: `the body is missing: send it, with 'content-type: ${first}'` }]
    }
    case 'invalid':
      return [422, { detail: 'the request is not valid', errors: issuesOf(refusal.checks) }]
  }
}

/** What a body is said not to be, by its media type. */
const WORDS: Readonly<Record<string, string>> = {
  [MULTIPART_TYPE]: 'multipart form data',
  [FORM_TYPE]: 'form data',
}

function wrongType(types: readonly string[]): string {
  const [first = ''] = types
  if (types.length > 1) {
    return `send the body as ${types.join(' or ')}, and say so in content-type`
  }
  const name = isJson(first) ? 'JSON' : first
  return `send the body as ${name}, with 'content-type: ${first}'`
}

/** What is wrong with all parts of a request, as far as one problem lists it. */
function issuesOf(checks: readonly Check[]): ProblemIssue[] {
  const found = checks.flatMap(({ part, value, result }) => {
    // all promises are settled
    const { issues = [] } = result as StandardSchemaV1.Result<unknown>
    return issues.slice(0, MAX_ISSUES).map((issue) => toProblemIssue(part.name, issue, value))
  })
  return found.slice(0, MAX_ISSUES)
}
