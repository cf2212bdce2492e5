import type { ExpressionParts, NamedExpression } from './parse-expression.ts'

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
export function isDeclared(
  { root, source, name = '' }: ExpressionParts,
  declared: Declared,
): boolean {
  if (root !== 'request' || !source) return true
  if (source === 'body') return declared.body !== false
  return !declared[source] || declaredName(source, name, declared) !== undefined
}

/** The name of a parameter as its operation declares it. */
export function declaredName(
  source: NamedExpression['source'],
  name: string,
  declared: Declared,
): string | undefined {
  const fold = (one: string) => (source === 'header' ? one.toLowerCase() : one)
  return declared[source]?.find((one) => fold(one) === fold(name))
}
