import type { Expression } from './parse.ts'

/** What an operation declares, by location. A location that is absent is not checked. */
export interface Declared {
  readonly path?: readonly string[]
  readonly query?: readonly string[]
  /** Compared without regard to case. */
  readonly header?: readonly string[]
  /** `false` means that the operation has no body. */
  readonly body?: boolean
}

/** Whether an operation declares what an expression reads of its request. */
export function isDeclared(expression: Expression, declared: Declared): boolean {
  if (expression.root !== 'request') return true
  if (expression.source === 'body') return declared.body !== false

  const { source, name } = expression
  const names = declared[source]
  if (!names) return true
  return source === 'header'
    ? names.some((header) => header.toLowerCase() === name)
    : names.includes(name)
}
