import type { ProblemDetails } from '../definition/problem.ts'
import { PROBLEM_TYPE, type ProblemStatus, problemOf } from './problem.ts'

/**
 * Makes a problem response: `application/problem+json` with type, title, status and the given details.
 *
 * @example
 * problemResponse(404, { detail: 'there is no such order' })
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457.html#section-3
 */
export function problemResponse(status: ProblemStatus, details: ProblemDetails): Response {
  return new Response(JSON.stringify(problemOf(status, details)), {
    status,
    headers: { 'content-type': PROBLEM_TYPE },
  })
}
