import type { CallbackMessage, CallResult } from '@ringback/core'
import type { Events } from '../operate/events.ts'
import { applyChange, toDelivery } from '../store/apply-change.ts'
import type { DeliveryStore, StoredDelivery } from '../store/delivery-store.ts'
import { makeAttempt, type Transport } from '../work/make-attempt.ts'
import { type AttemptOutcome, isSuccess } from '../work/outcome.ts'
import { readDeclaredResponse } from '../work/read-declared-response.ts'

/** Where a call is made and recorded. */
export interface CallContext {
  readonly store: DeliveryStore
  readonly events: Events
  readonly transport: Transport
  /** Cuts the request off. */
  readonly stop: AbortSignal
}

/** Makes one attempt now, records it with what came of it, and reads the answer as the callback declares it. */
export async function makeCall(
  message: CallbackMessage,
  delivery: StoredDelivery,
  { store, events, transport, stop }: CallContext,
): Promise<CallResult<unknown>> {
  const { outcome, body, log, error } = await makeAttempt(delivery, transport, stop)
  if (error !== undefined) events.fail(error)
  const { detail } = outcome
  const end = { ...endOf(delivery, outcome), attemptCount: 1 }
  const ended = applyChange(delivery, detail === undefined ? end : { ...end, detail })
  await store.enqueue(ended, [log])
  const record = toDelivery(ended)
  events.emit({ delivery: record, attempt: log })
  if (outcome.kind === 'failed') return { ok: false, detail: outcome.detail, delivery: record }

  const response = await readDeclaredResponse(message.callback, outcome.status, body)
  return response.ok
    ? { ok: true, response: response.value, delivery: record }
    : { ok: false, detail: response.detail, delivery: record }
}

/** There is no second attempt, so that every failure is the end. */
function endOf(
  { finalStatuses }: StoredDelivery,
  outcome: AttemptOutcome,
): Pick<StoredDelivery, 'state' | 'reason'> {
  if (outcome.kind === 'failed') {
    return { state: 'dead', reason: outcome.why === 'blocked' ? 'blocked' : 'exhausted' }
  }
  const { status } = outcome
  if (isSuccess(status)) return { state: 'delivered' }
  if (status === 410) return { state: 'dead', reason: 'gone' }
  return { state: 'dead', reason: finalStatuses?.includes(status) ? 'rejected' : 'exhausted' }
}
