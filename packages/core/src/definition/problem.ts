import type { Context } from 'hono'
import type { PartLocation } from './parts.ts'
import type { AnySchema } from './schema.ts'

/** One fault of a request: its part, an RFC 6901 pointer into that part, and the reason. */
export interface ProblemIssue {
  readonly in: PartLocation
  readonly pointer: string
  readonly detail: string
}

/** The members of a problem that vary, apart from its status and title. */
export interface ProblemDetails {
  readonly detail: string
  readonly errors?: readonly ProblemIssue[]
}

/** @see https://www.rfc-editor.org/rfc/rfc9457.html#section-3.1 */
export interface Problem extends ProblemDetails {
  readonly type: string
  readonly title: string
  readonly status: number
}

/** A format for problems: media type and schema for the document, and the function that makes the body. */
export interface ProblemFormat {
  readonly mediaType: string
  readonly schema: AnySchema
  readonly '~body': (problem: Problem, c: Context) => unknown
}
