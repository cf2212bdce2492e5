import type { AnyCallback, WhenDeclared } from '../definition/definition.ts'

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
  return Object.freeze({ '~whenDeclared': callback })
}
