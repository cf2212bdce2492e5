import type { Events } from '../operate/events.ts'
import { type StateChange, toDelivery } from '../store/apply-change.ts'
import type { Attempt } from '../store/attempt.ts'
import type { ClaimedDelivery, DeliveryStore, DeliveryTransition } from '../store/delivery-store.ts'
import { createBreaker } from './breaker.ts'
import type { Contracts } from './contracts.ts'
import { decideTransition } from './decide-transition.ts'
import { makeAttempt, recordOutcome, type Transport } from './make-attempt.ts'
import { retryUntilDone } from './retry-until-done.ts'

/** What it takes to send what was claimed. */
export interface RunnerOptions {
  readonly store: DeliveryStore
  readonly events: Events
  readonly transport: Transport
  readonly contracts: Contracts
  readonly schedule: readonly number[]
  readonly random: () => number
}

/** Makes one attempt of a claimed delivery, and records what became of it; never rejects. */
export type Runner = (
  claimed: ClaimedDelivery,
  stop: AbortSignal,
  free: () => void,
) => Promise<void>

// within the lease's margin, so that nobody else has the delivery meanwhile
const COMMIT_PATIENCE = 20_000

/** Makes the function that sends what was claimed. */
export function createRunner(options: RunnerOptions): Runner {
  const { store, events, transport, contracts, schedule, random } = options
  const { clock } = transport
  const breaker = createBreaker(clock)

  const commit = async (
    claimed: ClaimedDelivery,
    transition: DeliveryTransition,
    { log, stop }: { readonly log?: Attempt; readonly stop: AbortSignal },
  ) => {
    const record = () => store.commit(claimed, transition, log)
    const committed = await retryUntilDone(record, { clock, patience: COMMIT_PATIENCE, stop })
    if (committed === 'lost') return // somebody else has it
    const { attemptCount } = transition
    const outcome: StateChange =
      committed === 'cancelled' ? { state: committed, attemptCount } : transition
    const delivery = toDelivery(claimed, outcome)
    const heldUntil = transition.endpoint?.heldUntil
    const event = log ? { delivery, attempt: log } : { delivery }
    events.emit(heldUntil === undefined ? event : { ...event, heldUntil })
  }

  return async (claimed, stop, free) => {
    try {
      if (isExpired(claimed, clock.now())) {
        return await commit(claimed, expired(claimed, clock.now()), { stop })
      }
      const result = await makeAttempt(claimed, transport, stop)
      const { body, log, error } = result
      free() // what comes next is claimed in the same transaction as this is recorded in
      if (error !== undefined) events.fail(error)
      const outcome = await contracts.check(claimed, result.outcome, body)
      const endpoint = breaker.judge(claimed, outcome)
      const change = decideTransition(claimed, outcome, { schedule, now: clock.now(), random })
      const transition = endpoint ? { ...change, endpoint } : change
      // what the answer breaks of its declaration is known only now
      const checked = outcome === result.outcome ? log : { ...log, ...recordOutcome(outcome) }
      await commit(claimed, transition, { log: checked, stop })
    } catch (error) {
      // the store failed: the lease will end, and the delivery is sent again
      events.fail(error)
    }
  }
}

function isExpired({ expiresAt }: ClaimedDelivery, now: number): boolean {
  return expiresAt !== undefined && expiresAt <= now
}

/** Ends a delivery that no request is made for; whether its endpoint has recovered, the next one shows. */
function expired(
  { attemptCount, refusals, isProbe }: ClaimedDelivery,
  now: number,
): DeliveryTransition {
  return {
    state: 'dead',
    reason: 'expired',
    detail: 'expired before it was delivered',
    attemptCount,
    refusals,
    ...(isProbe && { endpoint: { heldUntil: now } }),
  }
}
