/** One thing that is wrong with a request: the part, an RFC 6901 pointer into it, and why. */
export interface ProblemIssue {
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'body'
  readonly pointer: string
  readonly detail: string
}

/** What the body of a problem says, beside its status and title. */
export interface ProblemDetails {
  readonly detail: string
  readonly errors?: readonly ProblemIssue[]
}

/** A whole problem, as RFC 9457 writes it. */
export interface Problem extends ProblemDetails {
  readonly type: string
  readonly title: string
  readonly status: number
}

/** The titles of the problems that we answer ourselves: RFC 9110's phrases, as RFC 9457 asks for `about:blank`. */
export const PROBLEM_TITLES = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  500: 'Internal Server Error',
} as const

/** A status that has a title of its own here. */
export type ProblemStatus = keyof typeof PROBLEM_TITLES

/** Completes a problem by what its status says. */
export function problemOf(status: ProblemStatus, details: ProblemDetails): Problem {
  return { type: 'about:blank', title: PROBLEM_TITLES[status], status, ...details }
}
