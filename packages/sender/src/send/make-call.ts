import type { CallbackMessage, CallResult } from '@ringback/core'
import type { Events } from '../operate/events.ts'
import { addTrace } from '../operate/tracer.ts'
import { applyChange, toDelivery } from '../store/apply-change.ts'
import type { Attempt } from '../store/attempt.ts'
import type { DeliveryStore, StoredDelivery } from '../store/delivery-store.ts'
import { latencyOf } from '../store/latency-of.ts'
import { makeAttempt } from '../work/make-attempt.ts'
import { type AttemptOutcome, isSuccess } from '../work/outcome.ts'
import { readDeclaredResponse } from '../work/read-declared-response.ts'
import type { Stop } from '../work/stop.ts'
import type { Transport } from '../work/transport.ts'

/** Where a call is made and recorded. */
export interface CallContext {
  readonly store: DeliveryStore
  readonly events: Events
  readonly transport: Transport
  /** Aborts the request. */
  readonly stop: Stop
}

/** Makes one attempt now, records it with its outcome, and reads the response as the callback declares it. */
export async function makeCall(
  message: CallbackMessage,
  delivery: StoredDelivery,
  { store, events, transport, stop }: CallContext,
): Promise<CallResult<unknown>> {
  const { outcome, attempt, body, error, span } = await makeAttempt(delivery, transport, stop)
  if (error !== undefined) events.fail(error)
  const response =
    outcome.kind === 'responded'
      ? await readDeclaredResponse(message.callback, outcome.status, body)
      : undefined
  const isBroken = response?.ok === false && attempt.reason === undefined
  const made: Attempt = isBroken
    ? { ...attempt, reason: 'declaration', detail: response.detail }
    : attempt
  span?.end(made)
  const { detail } = made
  const end = { ...decideEnd(delivery, outcome), attemptCount: 1 }
  const ended = applyChange(delivery, detail === undefined ? end : { ...end, detail })
  await store.enqueue(span ? addTrace(ended, span.context) : ended, [made])
  const called = toDelivery(ended)
  const latency = ended.state === 'delivered' && { latency: latencyOf(ended, made) }
  events.emit({ delivery: called, attempt: made, ...latency })
  if (response === undefined) return { ok: false, detail: detail ?? '', delivery: called }
  return response.ok
    ? { ok: true, response: response.value, delivery: called }
    : { ok: false, detail: response.detail, delivery: called }
}

/** A call has no second attempt, so every failure is final. */
function decideEnd(
  { settings }: StoredDelivery,
  outcome: AttemptOutcome,
): Pick<StoredDelivery, 'state' | 'reason'> {
  if (outcome.kind === 'failed') {
    return { state: 'dead', reason: outcome.why === 'blocked' ? 'blocked' : 'exhausted' }
  }
  const { status } = outcome
  if (isSuccess(status)) return { state: 'delivered' }
  if (status === 410) return { state: 'dead', reason: 'gone' }
  return {
    state: 'dead',
    reason: settings?.finalStatuses?.includes(status) ? 'rejected' : 'exhausted',
  }
}
