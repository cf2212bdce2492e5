import type {
  AnyOperation,
  BoundCallback,
  CallbackMessage,
  CallbackSender,
  CallbacksOf,
  SendOptions,
} from '@ringback/core'
import { SenderError } from '../errors.ts'
import type { DeliveryStore } from '../store/delivery-store.ts'

/** Which exchange is resumed, and who sends from it. */
export interface ResumeOptions {
  readonly sender: CallbackSender
  readonly store: Pick<DeliveryStore, 'findExchange'>
  readonly owner: string
  readonly key: string
}

/** Gives the callbacks of an operation, which read the exchange once they are sent. */
export function resume<TOperation extends AnyOperation>(
  operation: TOperation,
  { sender, store, owner, key }: ResumeOptions,
): CallbacksOf<TOperation> {
  const { operationId } = operation
  const place = { owner, operationId, key }

  const bound = Object.entries(operation['~definition'].callbacks).map(([name, callback]) => {
    const message = async (payload: unknown, options?: SendOptions): Promise<CallbackMessage> => {
      const kept = await store.findExchange(place)
      const where = `under '${key}' for '${operationId}' and the owner '${owner}'`
      if (kept === undefined) {
        throw new SenderError('unknown', `no exchange is kept ${where}, or no longer`)
      }
      const found = Object.hasOwn(kept.callbacks, name) ? kept.callbacks[name] : undefined
      if (found === undefined) {
        const sentence = `the exchange that is kept ${where} is from before the operation declared the callback '${name}'`
        throw new SenderError('unknown', sentence)
      }
      // a key that was another then may read what was not kept, which is no word of the request
      const validated = found.key === callback.key ? kept.validated : []
      const { exchange } = found
      const sent = { name, callback, operationId, owner, exchange, validated, payload }
      return { ...sent, ...(options && { options }), exchangeKey: key }
    }
    /** Without a payload, the options are what comes first. */
    const messageOf = (given: readonly unknown[]) => {
      const [payload, options] = callback.body === undefined ? [undefined, ...given] : given
      return message(payload, options as SendOptions | undefined)
    }
    const one: BoundCallback<readonly unknown[], unknown> = {
      send: async (...given) => sender.send(await messageOf(given)),
      prepare: async (...given) => sender.prepare(await messageOf(given)),
      call: async (payload) => sender.call(await message(payload)),
    }
    return [name, one] as const
  })
  // the operation's type says which callbacks it has
  return Object.fromEntries(bound) as CallbacksOf<TOperation>
}
