import type { CallbackMessage, CallResult } from '@ringback/core'
import { attempt, type Transport } from './attempt.ts'
import { readCallAnswer } from './call-answer.ts'
import type { Events } from './events.ts'
import { isSuccess } from './outcome.ts'
import { type DeliveryStore, type StoredDelivery, withoutPayload } from './store.ts'

/** Where a call is made and recorded. */
export interface CallContext {
  readonly store: DeliveryStore
  readonly events: Events
  readonly transport: Transport
  /** Fails unless the transport guards its connections. */
  readonly guard: () => Promise<void>
}

/** Makes one attempt now, records it with what came of it, and reads the answer as the callback declares it. */
export async function call(
  message: CallbackMessage,
  delivery: StoredDelivery,
  { store, events, transport, guard, signal }: CallContext & { readonly signal: AbortSignal },
): Promise<CallResult<unknown>> {
  await guard()
  const { outcome, body, log } = await attempt(delivery, transport, signal)
  const succeeded = outcome.kind === 'answered' && isSuccess(outcome.status)
  const { dueAt: _dueAt, ...rest } = delivery
  const ended: StoredDelivery = {
    ...rest,
    attempts: 1,
    ...(succeeded ? { state: 'delivered' } : { state: 'dead', reason: 'exhausted' }),
    ...(outcome.detail !== undefined && { detail: outcome.detail }),
  }
  await store.enqueue(ended, [log])
  const record = withoutPayload(ended)
  events.emit({ delivery: record, attempt: log })
  if (outcome.kind === 'failed') return { ok: false, detail: outcome.detail, delivery: record }

  const answer = await readCallAnswer(message.callback, outcome.status, body)
  return answer.ok
    ? { ok: true, answer: answer.value, delivery: record }
    : { ok: false, detail: answer.detail, delivery: record }
}
