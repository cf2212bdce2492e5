import type { CallbackContract, CallbackDefinition, Delivery } from '@ringback/core'
import type { ResponseBody } from '../transport/read-response-body.ts'
import { type AttemptOutcome, isSuccess } from './outcome.ts'
import { readDeclaredResponse } from './read-declared-response.ts'

/** What callbacks declare, by operation and name, as far as this process has seen them. */
export interface Contracts {
  remember(contract: CallbackContract): void
  /** The outcome, which says so where a 2xx breaks the declaration of its callback. */
  check(
    delivery: Delivery,
    outcome: AttemptOutcome,
    body: ResponseBody | undefined,
  ): Promise<AttemptOutcome>
}

/** Starts without any: a delivery in the store has no schema, its callback is known once it is sent or called. */
export function createContracts(): Contracts {
  // by operation, then by name
  const known = new Map<string, Map<string, CallbackDefinition>>()
  return {
    remember({ operationId, name, callback }) {
      if (Object.keys(callback.responses).length === 0) return
      const ofOperation = known.get(operationId) ?? new Map()
      known.set(operationId, ofOperation.set(name, callback))
    },
    async check(delivery, outcome, body) {
      const callback = known.get(delivery.operationId)?.get(delivery.callback)
      if (!callback || outcome.kind === 'failed' || !isSuccess(outcome.status)) return outcome
      const response = await readDeclaredResponse(callback, outcome.status, body)
      return response.ok ? outcome : { ...outcome, reason: 'declaration', detail: response.detail }
    },
  }
}
