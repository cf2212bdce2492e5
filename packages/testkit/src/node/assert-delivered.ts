import { AssertionError } from 'node:assert'
import { isDeepStrictEqual } from 'node:util'
import type { AnyOutgoing } from '@ringback/core'
import type { PayloadOf, Sender } from '@ringback/sender'
import { judgeDeliveries } from '../deliveries/judge-deliveries.ts'

/**
 * Asserts that a sender has delivered a callback or webhook, with this payload if one is given; for test runners other
 * than vitest.
 *
 * @example
 * await assertDelivered(sender, paid, { amount: 12 })
 *
 * @throws {AssertionError} that says what was delivered instead
 */
export async function assertDelivered<TOutgoing extends AnyOutgoing>(
  sender: Sender,
  callback: TOutgoing,
  ...payload: readonly [] | readonly [PayloadOf<TOutgoing>]
): Promise<void> {
  await assertJudgement(sender, { callback, isDelivered: true, payload })
}

/**
 * Asserts that a sender has stored a delivery of a callback or webhook, in any state, with this payload if one is given.
 *
 * @example
 * await assertStored(sender, paid, { amount: 12 })
 *
 * @throws {AssertionError} that says what is stored instead
 */
export async function assertStored<TOutgoing extends AnyOutgoing>(
  sender: Sender,
  callback: TOutgoing,
  ...payload: readonly [] | readonly [PayloadOf<TOutgoing>]
): Promise<void> {
  await assertJudgement(sender, { callback, isDelivered: false, payload })
}

async function assertJudgement(
  sender: Sender,
  expectation: {
    readonly callback: AnyOutgoing
    readonly isDelivered: boolean
    readonly payload: readonly unknown[]
  },
): Promise<void> {
  const { pass, message } = await judgeDeliveries(sender, {
    ...expectation,
    // as it was sent: JSON has no dates, and no members that are undefined
    equals: (actual, expected) =>
      isDeepStrictEqual(
        actual,
        expected === undefined ? undefined : JSON.parse(JSON.stringify(expected)),
      ),
  })
  if (!pass) throw new AssertionError({ message: message(), stackStartFn: assertJudgement })
}
