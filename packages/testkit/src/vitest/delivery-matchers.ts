import type { AnyOutgoing } from '@ringback/core'
import type { PayloadOf, Sender } from '@ringback/sender'
import type { MatcherState } from 'vitest'
import { type Judgement, judgeDeliveries } from '../deliveries/judge-deliveries.ts'

/** The matchers of a sender, as `expect(sender)` has them. Both read the store: await them. */
export interface DeliveryMatchers {
  /** Passes when a delivery of the callback or webhook has been delivered, with this payload if one is given. */
  toHaveDelivered<TOutgoing extends AnyOutgoing>(
    callback: TOutgoing,
    payload?: PayloadOf<TOutgoing>,
  ): Promise<void>
  /** Passes when a delivery of the callback or webhook is stored, in any state, with this payload if one is given. */
  toHaveStored<TOutgoing extends AnyOutgoing>(
    callback: TOutgoing,
    payload?: PayloadOf<TOutgoing>,
  ): Promise<void>
}

type Matcher = (
  this: MatcherState,
  sender: Sender,
  callback: AnyOutgoing,
  ...payload: readonly unknown[]
) => Promise<Judgement>

/** The matchers, for `expect.extend`. */
export const deliveryMatchers: Readonly<Record<keyof DeliveryMatchers, Matcher>> = {
  toHaveDelivered: matcher(true),
  toHaveStored: matcher(false),
}

function matcher(isDelivered: boolean): Matcher {
  return function (sender, callback, ...payload) {
    const equals = (actual: unknown, expected: unknown) =>
      this.equals(actual, expected, this.customTesters)
    return judgeDeliveries(sender, { callback, isDelivered, payload, equals })
  }
}
