import type { AnyOperation, CallbackContract, CallbackDefinition, Delivery } from '@ringback/core'
import type { ResponseBody } from '../transport/read-response-body.ts'
import { type AttemptOutcome, isSuccess } from './outcome.ts'
import { readDeclaredResponse } from './read-declared-response.ts'

/** The declarations of callbacks that this process knows, by operation and name. */
export interface Contracts {
  remember(contract: CallbackContract): void
  /** Gives the outcome, marked when a 2xx response does not match the declaration of its callback. */
  check(
    delivery: Delivery,
    outcome: AttemptOutcome,
    body: ResponseBody | undefined,
  ): Promise<AttemptOutcome>
}

/**
 * Starts with the callbacks of some operations. A stored delivery has no schema, so any other callback is known once an
 * API has it, or it is sent.
 */
export function createContracts(operations: readonly AnyOperation[] = []): Contracts {
  // by operation, then by name
  const known = new Map<string, Map<string, CallbackDefinition>>()
  const remember = ({ operationId, name, callback }: CallbackContract) => {
    if (Object.keys(callback.responses).length === 0) return
    const ofOperation = known.get(operationId) ?? new Map()
    known.set(operationId, ofOperation.set(name, callback))
  }
  for (const { operationId, '~definition': definition } of operations) {
    for (const [name, callback] of Object.entries(definition.callbacks)) {
      remember({ operationId, name, callback })
    }
  }
  return {
    remember,
    async check(delivery, outcome, body) {
      const callback = known.get(delivery.operationId)?.get(delivery.callback)
      if (!callback || outcome.kind === 'failed' || !isSuccess(outcome.status)) return outcome
      const response = await readDeclaredResponse(callback, outcome.status, body)
      return response.ok ? outcome : { ...outcome, reason: 'declaration', detail: response.detail }
    },
  }
}
