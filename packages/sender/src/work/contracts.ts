import type { AnyOperation, CallbackContract, Delivery, OutgoingDefinition } from '@ringback/core'

/** The declarations of callbacks that this process knows, by operation and name. */
export interface Contracts {
  remember(
    contract: Pick<CallbackContract, 'operationId' | 'name'> & {
      readonly callback: OutgoingDefinition
    },
  ): void
  /** Gives the declaration of a delivery's callback, if it is known and declares responses. */
  find(delivery: Pick<Delivery, 'operationId' | 'callback'>): OutgoingDefinition | undefined
}

/**
 * Starts with the callbacks of some operations. A stored delivery has no schema, so any other callback is known once an
 * API has it, or it is sent.
 */
export function createContracts(operations: readonly AnyOperation[] = []): Contracts {
  // by operation, then by name
  const known = new Map<string, Map<string, OutgoingDefinition>>()
  const remember: Contracts['remember'] = ({ operationId, name, callback }) => {
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
    find: ({ operationId, callback }) => known.get(operationId)?.get(callback),
  }
}
