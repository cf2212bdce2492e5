import type { AnyOperation } from '../definition/operation.ts'
import { type CheckOptions, checkOperations } from './check-operations.ts'

/** A bundler that defines it as `false` leaves these checks out, which a build step has made of the same operations. */
declare const __RINGBACK_CHECKS__: boolean | undefined

/**
 * Checks operations before they are served.
 *
 * @throws {CoreError} as `checkOperations` does
 */
export function checkServed(operations: readonly AnyOperation[], options: CheckOptions): void {
  if (typeof __RINGBACK_CHECKS__ === 'undefined' || __RINGBACK_CHECKS__) {
    checkOperations(operations, options)
  }
}
