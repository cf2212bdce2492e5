import type { Context } from 'hono'
import type { AnySchema } from './schema.ts'

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

/** How problems are worded: what the document says of their body, and what makes it. */
export interface ProblemFormat {
  readonly mediaType: string
  readonly schema: AnySchema
  readonly '~body': (problem: Problem, c: Context) => unknown
}
