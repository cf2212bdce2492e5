import { describeProblem, PROBLEMS } from './problems.ts'

/** Stable codes. Switch on these; never parse the message. */
export type ExpressionErrorCode =
  | 'syntax' // not in the OpenAPI grammar
  | 'missing' // the exchange has no such value
  | 'undeclared' // reads what the operation does not declare
  | 'multi-value' // several values where one is needed
  | 'base-has-query' // a path follows a URL that has a query
  | 'base-has-fragment' // text follows a URL that has a fragment
  | 'ambiguous' // has a second meaning, which is probably the intended one
  | 'type' // a value that no URL can hold
  | 'not-absolute' // no scheme, and no base to resolve it against
  | 'empty' // an empty URL or path segment
  | 'unsafe-char' // white space, a control character, a lone surrogate or a backslash
  | 'dot-segment' // a value that makes a path segment `.` or `..`
  | 'unsafe-scheme' // neither http nor https
  | 'userinfo' // a user name or password in the URL
  | 'invalid-url' // the URL parser refuses it
  | 'unsafe-template' // an expression where a value could change the host
  | 'unsafe-host' // not a host, label or port
  | 'sensitive-header' // would put credentials into a URL
  | 'too-long' // more than 8192 characters

/**
 * Thrown when a text is no runtime expression or no template, or one that must not be used.
 *
 * @example
 * const error = new ExpressionError('syntax', '$request.id')
 * error.code // 'syntax'
 */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
  readonly code: ExpressionErrorCode
  /** The expression or the key that was refused, as its author wrote it. */
  readonly expression: string

  /** `problem` continues the sentence that begins with the expression; by default it is the code's. */
  constructor(code: ExpressionErrorCode, expression: string, problem: string = PROBLEMS[code]) {
    super(describeProblem(expression, problem))
    this.code = code
    this.expression = expression
  }
}
