import type { Change, Events } from '../operate/events.ts'
import type { Writable } from '../store/apply-change.ts'
import type { Attempt } from '../store/attempt.ts'
import type { ClaimedDelivery, DeliveryStore, DeliveryTransition } from '../store/delivery-store.ts'
import { EXPIRED } from '../store/ends.ts'
import { latencyOf } from '../store/latency-of.ts'
import { ENDPOINT_PREFIX } from '../store/stored-endpoint.ts'
import { checkOutcome } from './check-outcome.ts'
import type { Contracts } from './contracts.ts'
import { decideTransition } from './decide-transition.ts'
import { makeAttempt, recordOutcome } from './make-attempt.ts'
import { reportReceiver } from './report-receiver.ts'
import { retryUntilDone } from './retry-until-done.ts'
import type { Stop } from './stop.ts'
import type { Transport } from './transport.ts'

/** The dependencies of a runner. */
export interface RunnerOptions {
  readonly store: DeliveryStore
  readonly events: Events
  readonly transport: Transport
  readonly contracts: Contracts
  readonly schedule: readonly number[]
  /** That of webhooks. */
  readonly webhookSchedule: readonly number[]
  readonly overloadWait: number
  /** Milliseconds that a lease outlasts the deadline of an attempt. */
  readonly leaseMargin: number
  readonly random: () => number
}

/** Makes one attempt of a claimed delivery and records the outcome; never rejects. */
export type Runner = (claimed: ClaimedDelivery, stop: Stop, free: () => void) => Promise<void>

// within the margin of the lease, so that no other worker has the delivery meanwhile
const COMMIT_PATIENCE = 20_000

// redriven after its endpoint was removed
const REMOVED = { state: 'dead', reason: 'gone', detail: 'its endpoint was removed' } as const

/** Makes the function that sends a claimed delivery. */
export function createRunner(options: RunnerOptions): Runner {
  const { store, events, transport, contracts, schedule, overloadWait, random } = options
  const { clock } = transport

  const commit = async (
    claimed: ClaimedDelivery,
    transition: DeliveryTransition,
    { attempt, stop }: { readonly attempt?: Attempt; readonly stop: Stop },
  ) => {
    const record = () => store.commit(claimed, transition, attempt)
    const committed = await retryUntilDone(record, { clock, patience: COMMIT_PATIENCE, stop })
    if (committed.kind === 'lost') return // another worker has the delivery
    const { delivery, heldUntil, disabled } = committed
    const isRecovered =
      claimed.isProbe && claimed.target !== undefined && delivery.state === 'delivered'
    const change: Writable<Change> = { delivery }
    if (attempt) change.attempt = attempt
    if (heldUntil !== undefined) change.heldUntil = heldUntil
    if (attempt && delivery.state === 'delivered') change.latency = latencyOf(claimed, attempt)
    if (disabled) change.disabled = disabled
    if (isRecovered) change.isRecovered = true
    events.emit(change)
  }

  return async (claimed, stop, free) => {
    try {
      if (claimed.endpoint?.startsWith(ENDPOINT_PREFIX) && claimed.target === undefined) {
        const { attemptCount, refusals } = claimed
        return await commit(claimed, { ...REMOVED, attemptCount, refusals }, { stop })
      }
      // a store sweeps so many at once, and may give the next one that has expired
      if (claimed.expiresAt !== undefined && claimed.expiresAt <= clock.now()) {
        const { attemptCount, refusals } = claimed
        return await commit(claimed, { ...EXPIRED, attemptCount, refusals }, { stop })
      }
      const { deadline = 0 } = claimed.settings ?? {}
      // the lease was made for the sender's own deadline
      if (deadline > transport.deadline) {
        if (!(await store.extend(claimed, deadline + options.leaseMargin))) return
      }
      const { outcome, attempt, body, error, span } = await makeAttempt(claimed, transport, stop)
      free() // before the commit, so that the next claim shares its transaction
      if (error !== undefined) events.fail(error)
      const checked = await checkOutcome(outcome, contracts.find(claimed), body)
      const change = decideTransition(claimed, checked, {
        schedule: claimed.target ? options.webhookSchedule : schedule,
        overloadWait,
        now: clock.now(),
        random,
      })
      const transition = { ...change, receiver: reportReceiver(checked) }
      const recorded = checked === outcome ? attempt : { ...attempt, ...recordOutcome(checked) }
      span?.end(recorded)
      await commit(claimed, transition, { attempt: recorded, stop })
    } catch (error) {
      // the store failed: the lease will end, and the delivery is sent again
      events.fail(error)
    }
  }
}
