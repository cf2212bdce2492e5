import type {
  AnyOperation,
  BoundCallback,
  CallbackMessage,
  CallbackMethods,
  CallbacksOf,
  MessageParts,
  OperationCallback,
  SendOptions,
} from '@ringback/core'
import { SenderError } from '../errors.ts'
import type { DeliveryStore } from '../store/delivery-store.ts'

/** The exchange to resume, and the methods to send from it with. */
export interface ResumeOptions {
  readonly methods: Pick<CallbackMethods, 'send' | 'prepare' | 'call'>
  readonly store: Pick<DeliveryStore, 'findExchange'>
  readonly owner: string
  readonly key: string
}

/** Gives the callbacks of an operation; each reads the kept exchange when it is sent. */
export function resume<TOperation extends AnyOperation>(
  operation: TOperation,
  options: ResumeOptions,
): CallbacksOf<TOperation> {
  const { methods, store, owner, key } = options
  checkArguments(operation, owner, key)
  const { operationId } = operation
  const place = { owner, operationId, key }

  /** Builds the message of one callback from the kept exchange. */
  const buildMessage = async (
    name: string,
    callback: OperationCallback,
    { payload, options }: Arguments,
  ): Promise<CallbackMessage> => {
    const kept = await store.findExchange(place)
    const where = `under '${key}' for '${operationId}' and the owner '${owner}'`
    if (kept === undefined) {
      const sentence = `no exchange is kept ${where}: it was never kept, or has been erased`
      throw new SenderError('unknown', sentence)
    }
    const found = Object.hasOwn(kept.callbacks, name) ? kept.callbacks[name] : undefined
    if (found === undefined) {
      const sentence = `the exchange kept ${where} is older than the callback '${name}' of its operation: keep a new one under another key`
      throw new SenderError('unknown', sentence)
    }
    // a changed key may read what was not kept; such a value is missing, but not because the request left it out
    const validated = found.key === callback.key ? kept.validated : []
    const { exchange } = found
    const sent = { name, callback, operationId, owner, exchange, validated, payload }
    return { ...sent, ...(options && { options }), exchangeKey: key }
  }

  const bound = Object.entries(operation['~definition'].callbacks).map(([name, callback]) => {
    const build = (given: readonly unknown[]) =>
      buildMessage(name, callback, readArguments(callback, given))
    const one: BoundCallback<readonly unknown[], unknown> = {
      send: async (...given) => methods.send(await build(given)),
      prepare: async (...given) => methods.prepare(await build(given)),
      call: async (...given) => methods.call(await build(given)),
    }
    return [name, one] as const
  })
  // the operation's type says which callbacks it has
  return Object.fromEntries(bound) as CallbacksOf<TOperation>
}

/** JavaScript may pass the name of an operation, or a route without its handler. */
function checkArguments(operation: Partial<AnyOperation> | undefined, ...texts: unknown[]): void {
  if (operation?.['~definition']?.callbacks === undefined || operation.operationId === undefined) {
    throw new SenderError(
      'option',
      'resume takes first the operation whose handler has kept the exchange: what route(…).handle(…) has given',
    )
  }
  if (texts.every((text) => typeof text === 'string')) return
  throw new SenderError(
    'option',
    'resume takes the key of the exchange second, as text, and its owner in an object: resume(operation, key, { owner })',
  )
}

interface Arguments {
  readonly payload: unknown
  readonly options?: (SendOptions & MessageParts) | undefined
}

/** Of a callback without a payload, the options come first. */
function readArguments(callback: OperationCallback, given: readonly unknown[]): Arguments {
  const [payload, options] = callback.body === undefined ? [undefined, ...given] : given
  // the types of `send` and `prepare` allow nothing else here
  return { payload, options: options as Arguments['options'] }
}
