import type { Problem, ProblemDetails } from '../definition/problem.ts'

/** The media type of problem details (RFC 9457, section 6.1). */
export const PROBLEM_TYPE = 'application/problem+json'

/** The titles of problems: RFC 9110's phrases, as RFC 9457 requires for `about:blank`. */
export const PROBLEM_TITLES = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  500: 'Internal Server Error',
} as const

/** A status that `PROBLEM_TITLES` has. */
export type ProblemStatus = keyof typeof PROBLEM_TITLES

/** Adds type, title and status to the details of a problem. */
export function problemOf(status: ProblemStatus, details: ProblemDetails): Problem {
  return { type: 'about:blank', title: PROBLEM_TITLES[status], status, ...details }
}
