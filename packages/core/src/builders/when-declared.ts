import type { CallbackProblem } from '../checks/check-types.ts'
import type { AnyCallback } from './callback.ts'
import type { Place } from './route-builder.ts'

/** A group's callback for those of its operations that declare what its key reads. */
export interface WhenDeclared<TCallback extends AnyCallback = AnyCallback> {
  readonly '~whenDeclared': TCallback
}

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

/** The callback that an operation has under a name: `undefined` is what it sends where it has none. */
export type CallbackFor<TCallback, TPlace extends Place, TRequest, TResponses> =
  TCallback extends WhenDeclared<infer TInner>
    ? [CallbackProblem<TInner, TPlace, TRequest, TResponses>] extends [never]
      ? TInner
      : never
    : TCallback
