import type { CallbackMessage, OperationCallback, OutgoingDefinition } from '@ringback/core'

/** The parts of a message that a draft is made of: of a callback or a webhook. */
export interface DraftMessage
  extends Pick<CallbackMessage, 'owner' | 'operationId' | 'name' | 'options' | 'exchangeKey'> {
  readonly callback: OutgoingDefinition & Pick<OperationCallback, 'sentPayload' | 'delivery'>
  readonly payload: unknown
}
