import { EgressError } from './errors.ts'

// real chains are short: FetchError, TypeError, AggregateError, EgressError
const MOST_ERRORS = 64

/**
 * Finds the EgressError behind a failed fetch, in its causes and in the errors of an AggregateError.
 *
 * @example
 * const refusal = new EgressError('blocked', '10.0.0.1 is private use (RFC 1918)')
 * findEgressError(new TypeError('fetch failed', { cause: refusal })) === refusal // true
 * findEgressError(new TypeError('fetch failed')) // undefined
 */
export function findEgressError(error: unknown): EgressError | undefined {
  const found = new Set<unknown>([error])

  // iterating a set visits what is added meanwhile, and nothing twice
  for (const each of found) {
    if (each instanceof EgressError) return each
    if (found.size < MOST_ERRORS) for (const inner of errorsInside(each)) found.add(inner)
  }

  return undefined
}

function errorsInside(error: unknown): readonly unknown[] {
  if (typeof error !== 'object' || error === null) return []

  // by shape, since a fetch may throw errors of another realm
  const { cause, errors } = error as { readonly cause?: unknown; readonly errors?: unknown }
  return [cause, ...(Array.isArray(errors) ? errors.slice(0, MOST_ERRORS) : [])]
}
