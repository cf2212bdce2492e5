import type { DeclaredNames } from '../declared.ts'
import type { Exchange } from '../exchange.ts'
import { isSame } from './is-same.ts'
import type { VectorOptions, VectorOutcome } from './vector.ts'
import { type Vector, vectors } from './vectors.ts'

/**
 * An evaluator of runtime expressions, as methods that give a result, or throw an error whose `code` is one of
 * the vectors' codes.
 */
export interface TestedImplementation {
  /** The parts of an expression, with the names that `Expression` has. */
  readonly parse: (expression: string) => unknown
  readonly evaluate: (expression: string, exchange: Exchange, options: VectorOptions) => unknown
  readonly resolveUrl: (key: string, exchange: Exchange, options: VectorOptions) => string
  /** FastAPI's shorthand in the specification's form. Without this method its vectors are skipped. */
  readonly canonicalize?: (key: string, declared: DeclaredNames) => string
  /** The address policies that `resolveUrl` knows. The vectors of any other are skipped. */
  readonly policies?: readonly string[]
}

/** The expected result of a vector. */
export type VectorResult =
  | { readonly vector: Vector; readonly status: 'passed' | 'skipped' }
  | { readonly vector: Vector; readonly status: 'failed'; readonly actual: VectorOutcome }
  /** The implementation threw something without a code. */
  | { readonly vector: Vector; readonly status: 'failed'; readonly thrown: unknown }

/**
 * Runs every vector through an implementation. Never throws.
 *
 * @example
 * const failed = runVectors(implementation).filter(({ status }) => status === 'failed')
 * for (const { vector } of failed) console.log(vector.id, vector.source, vector.why)
 */
export function runVectors(implementation: TestedImplementation): readonly VectorResult[] {
  return vectors.map((vector) => runVector(vector, implementation))
}

function runVector(vector: Vector, implementation: TestedImplementation): VectorResult {
  const { mode, options, expect } = vector
  const { canonicalize, policies = [] } = implementation
  const isSkipped =
    (mode === 'compat' && !canonicalize) ||
    (options.policy !== undefined && !policies.includes(options.policy))
  if (isSkipped) return { vector, status: 'skipped' }

  try {
    const actual = outcomeOf(vector, implementation)
    return isSame(actual, expect)
      ? { vector, status: 'passed' }
      : { vector, status: 'failed', actual }
  } catch (thrown) {
    const error = codeOf(thrown)
    if (error === undefined) return { vector, status: 'failed', thrown }
    return error === expect.error
      ? { vector, status: 'passed' }
      : { vector, status: 'failed', actual: { error } }
  }
}

function outcomeOf(vector: Vector, implementation: TestedImplementation): VectorOutcome {
  const { mode, source, exchange, options } = vector
  switch (mode) {
    case 'parse':
      return { ast: implementation.parse(source) }
    case 'evaluate':
      return { value: implementation.evaluate(source, exchange, options) }
    case 'url':
      return { url: implementation.resolveUrl(source, exchange, options) }
    case 'compat': {
      const canonical = implementation.canonicalize?.(source, options.declared ?? {}) ?? source
      return { canonical, url: implementation.resolveUrl(canonical, exchange, options) }
    }
  }
}

function codeOf(thrown: unknown): string | undefined {
  const hasCode = typeof thrown === 'object' && thrown !== null && 'code' in thrown
  return hasCode && typeof thrown.code === 'string' ? thrown.code : undefined
}
