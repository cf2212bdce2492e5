import { check } from './check.ts'
import { type FuzzKind, fuzzCase } from './fuzz-case.ts'

/** A case that failed: its kind and seed make it again. */
export interface FuzzFailure {
  readonly kind: FuzzKind
  readonly seed: number
  readonly error: unknown
}

const KINDS: readonly FuzzKind[] = ['bytes', 'mutations']

/** Runs one case; gives its failure, or nothing. */
export function runCase(kind: FuzzKind, seed: number): FuzzFailure | undefined {
  try {
    check(fuzzCase(kind, seed))
    return undefined
  } catch (error) {
    return { kind, seed, error }
  }
}

/**
 * Runs the cases of consecutive seeds, one of each kind, while `goesOn` says so.
 *
 * @example
 * fuzz(7, (cases) => cases < 1_000)
 */
export function fuzz(first: number, goesOn: (cases: number) => boolean): readonly FuzzFailure[] {
  const failures: FuzzFailure[] = []
  for (let cases = 0; goesOn(cases) && failures.length < 20; cases += 1) {
    const seed = (first + cases) | 0
    for (const kind of KINDS) {
      const failure = runCase(kind, seed)
      if (failure) failures.push(failure)
    }
  }
  return failures
}
