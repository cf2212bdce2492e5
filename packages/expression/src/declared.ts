import type { Expression, NamedExpression } from './parse-expression.ts'

/** The names that an operation declares, by location. A location that is absent is not checked. */
export interface DeclaredNames {
  readonly path?: readonly string[]
  readonly query?: readonly string[]
  /** Compared without regard to case. */
  readonly header?: readonly string[]
  /** `false` if the operation has no body. */
  readonly body?: boolean
}

/** OpenAPI ignores the header parameters of these names. */
const UNDECLARABLE = /^(?:accept|content-type)$/

/** Says whether an operation declares the part of its request that an expression reads. */
export function isDeclared(expression: Expression, declared: DeclaredNames): boolean {
  if (expression.root !== 'request') return true
  if (expression.source === 'body') return declared.body !== false
  const { source, name } = expression
  if (source === 'header' && UNDECLARABLE.test(name)) return true
  return !declared[source] || findDeclaredName(source, name, declared) !== undefined
}

/** Finds the name of a parameter in the spelling of its declaration. */
export function findDeclaredName(
  source: NamedExpression['source'],
  name: string,
  declared: DeclaredNames,
): string | undefined {
  const fold = (one: string) => (source === 'header' ? one.toLowerCase() : one)
  return declared[source]?.find((one) => fold(one) === fold(name))
}
