import { describe, type ExpressionErrorCode } from './errors.ts'

/** An expected outcome without a value. The message names the expression, never its value. */
export interface Failure {
  readonly ok: false
  readonly code: ExpressionErrorCode
  readonly message: string
  /** The expression that failed, as its author wrote it. */
  readonly expression?: string
}

/** Why a value cannot be used, before it is known how its expression was written. */
export interface Refusal {
  readonly code: ExpressionErrorCode
}

/** Makes the failure of one expression. */
export function failure(code: ExpressionErrorCode, expression: string): Failure {
  return { ok: false, code, message: describe(code, expression), expression }
}
