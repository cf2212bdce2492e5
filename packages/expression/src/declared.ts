import type { Expression, NamedExpression } from './parse.ts'

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
export function isDeclared(expression: Expression, declared: Declared = {}): boolean {
  if (expression.root !== 'request') return true
  if (expression.source === 'body') return declared.body !== false
  return !declared[expression.source] || declaredName(expression, declared) !== undefined
}

/** The name of a parameter as its operation declares it. */
export function declaredName(
  { source, name }: Pick<NamedExpression, 'source' | 'name'>,
  declared: Declared,
): string | undefined {
  const fold = (one: string) => (source === 'header' ? one.toLowerCase() : one)
  return declared[source]?.find((one) => fold(one) === fold(name))
}
