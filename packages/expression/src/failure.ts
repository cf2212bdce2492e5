import type { ExpressionErrorCode } from './errors.ts'
import { REMEDIES } from './problems.ts'

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

/** Makes the failure of one expression, and the one sentence that says which, why and what to do. */
export function failure(
  code: ExpressionErrorCode,
  expression: string,
  remedy: string = REMEDIES[code] ?? 'write it as https://host/path',
): Failure {
  // a key from somebody's document must not fill a log, nor forge a line of one
  const message =
    `'${expression.slice(0, 200)}' ${code === 'syntax' ? 'is not a runtime expression' : `fails as ${code}`}: ${remedy}`.replace(
      /\p{Cc}/gu,
      ' ',
    )
  return { ok: false, code, message, expression }
}
