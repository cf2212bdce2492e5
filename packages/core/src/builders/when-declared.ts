import { checkCallback, parseAttachment } from '../checks/check-callback.ts'
import type { AnyCallback, OperationDefinition, WhenDeclared } from '../definition/definition.ts'

/**
 * Marks a group's callback for only those operations that declare the values in its key; without it, any other
 * operation is an error.
 *
 * @example
 * const orders = group({ prefix: '/orders', callbacks: { shipped: whenDeclared(shipped) } })
 */
export function whenDeclared<TCallback extends AnyCallback>(
  callback: TCallback,
): WhenDeclared<TCallback> {
  return Object.freeze({
    '~whenDeclared': callback,
    // chooses among operations, and so is no check that a bundler may leave out
    '~attach': (operation: OperationDefinition, name: string) => {
      checkCallback(parseAttachment(operation, name, callback['~definition']))
      return callback['~attach'](operation, name)
    },
  })
}
