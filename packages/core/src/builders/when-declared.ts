import type { AnyCallback, WhenDeclared } from '../definition/definition.ts'

/**
 * Gives a group's callback only to the operations that declare what its key reads; without it, an operation
 * that does not is an error.
 *
 * @example
 * const orders = group({ prefix: '/orders', callbacks: { shipped: whenDeclared(shipped) } })
 */
export function whenDeclared<TCallback extends AnyCallback>(
  callback: TCallback,
): WhenDeclared<TCallback> {
  return Object.freeze({ '~whenDeclared': callback })
}
