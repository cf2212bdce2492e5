import type {
  AnyOperation,
  CallbackContract,
  CallbackDefinition,
  Delivery,
  OutgoingDefinition,
} from '@ringback/core'

type Outgoing = OutgoingDefinition & Partial<Pick<CallbackDefinition, 'key'>>

/** The declarations of callbacks that this process knows, by operation and name. */
export interface Contracts {
  remember(
    contract: Pick<CallbackContract, 'operationId' | 'name'> & {
      readonly callback: Outgoing
    },
  ): void
  /** Gives the declaration of a delivery's callback, if it is known and declares responses. */
  find(delivery: Pick<Delivery, 'operationId' | 'callback'>): OutgoingDefinition | undefined
  /** Gives the key of a delivery's callback as it is declared: the URL with runtime expressions. */
  keyOf(delivery: Pick<Delivery, 'operationId' | 'callback'>): string | undefined
}

/**
 * Starts with the callbacks of some operations. A stored delivery has no schema, so any other callback is known once an
 * API has it, or it is sent.
 */
export function createContracts(operations: readonly AnyOperation[] = []): Contracts {
  // by operation, then by name
  const known = new Map<string, Map<string, Outgoing>>()
  const remember: Contracts['remember'] = ({ operationId, name, callback }) => {
    const ofOperation = known.get(operationId) ?? new Map()
    known.set(operationId, ofOperation.set(name, callback))
  }
  for (const { operationId, '~definition': definition } of operations) {
    for (const [name, callback] of Object.entries(definition.callbacks)) {
      remember({ operationId, name, callback })
    }
  }
  const find = ({ operationId, callback }: Pick<Delivery, 'operationId' | 'callback'>) =>
    known.get(operationId)?.get(callback)
  return {
    remember,
    find(delivery) {
      const found = find(delivery)
      return found && Object.keys(found.responses).length > 0 ? found : undefined
    },
    keyOf: (delivery) => find(delivery)?.key,
  }
}
