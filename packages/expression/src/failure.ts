import { describe, type ExpressionErrorCode } from './errors.ts'

/** An expected outcome without a value. The message names the expression, never its value. */
export interface Failure {
  readonly ok: false
  readonly code: ExpressionErrorCode
  readonly message: string
  /** The expression that failed, as its author wrote it. */
  readonly expression?: string
}

/** Says why a value cannot be used, in the way of whoever asked for it: throws, or returns a failure. */
export type Refuse<TRefusal> = (code: ExpressionErrorCode) => TRefusal

/** Makes the failure of one expression. */
export function failure(code: ExpressionErrorCode, expression: string): Failure {
  return { ok: false, code, message: describe(code, expression), expression }
}
