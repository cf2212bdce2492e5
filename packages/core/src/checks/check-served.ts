import type { AnyOperation } from '../definition/operation.ts'
import { type CheckOptions, checkOperations } from './check-operations.ts'

/**
 * Checks operations before they are served.
 *
 * @throws {CoreError} as `checkOperations` does
 */
export function checkServed(operations: readonly AnyOperation[], options: CheckOptions): void {
  if (typeof __RINGBACK_CHECKS__ !== 'undefined' && !__RINGBACK_CHECKS__) return
  checkOperations(operations, options)
}
