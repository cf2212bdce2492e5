import { failure } from './failure.ts'

/** Stable codes. Switch on these; never parse the message. */
export type ExpressionErrorCode =
  | 'syntax' // not in the OpenAPI grammar
  | 'missing' // valid, but this exchange holds no such value
  | 'undeclared' // reads what the operation does not declare
  | 'multi-value' // several values where one is needed
  | 'base-has-query' // text would follow a URL that has a query
  | 'base-has-fragment' // text would follow a URL that has a fragment
  | 'ambiguous' // legal, but surely meant otherwise
  | 'type' // a value that no URL can hold
  | 'not-absolute' // no scheme, and no base was allowed
  | 'empty' // an empty URL or path segment
  | 'unsafe-char' // white space, a control character or a backslash
  | 'dot-segment' // a value that makes the path segment `.` or `..`
  | 'unsafe-scheme' // neither http nor https
  | 'userinfo' // a user name or password in the URL
  | 'invalid-url' // the URL parser refuses it
  | 'unsafe-template' // an expression where a value could move the host
  | 'unsafe-host' // not a host name or port
  | 'sensitive-header' // would put the caller's credentials into a URL
  | 'too-long' // more than 8192 characters

/** Thrown when a runtime expression or a template is not one, or must not be used. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
  declare readonly code: ExpressionErrorCode
  declare readonly expression: string

  constructor(code: ExpressionErrorCode, expression: string, remedy?: string) {
    super(failure(code, expression, remedy).message)
    this.code = code
    this.expression = expression
  }
}
