import type { ExpressionErrorCode } from './errors.ts'
import { describeProblem, PROBLEMS } from './problems.ts'

/** An expected outcome without a value. The message names the expression, never its value. */
export interface ResolutionFailure {
  readonly ok: false
  readonly code: ExpressionErrorCode
  readonly message: string
  /** The expression that failed, as its author wrote it. */
  readonly expression?: string
}

/** Reports why a value cannot be used: throws, or gives the failure to return. */
export type Refuse<TRefusal> = (code: ExpressionErrorCode) => TRefusal

/** Makes the failure of an expression or a key. */
export function makeFailure(code: ExpressionErrorCode, expression: string): ResolutionFailure {
  return { ok: false, code, message: describeProblem(expression, PROBLEMS[code]), expression }
}
