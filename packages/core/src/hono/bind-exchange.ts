import type { Exchange } from '@ringback/expression'
import { CoreError } from '../definition/errors.ts'
import { holdSend } from './begun-sends.ts'
import { type BoundRequest, type CapturedCallback, captureOnce } from './bind-callback.ts'
import { boundSender } from './bound-sender.ts'
import type { BoundExchange } from './context.ts'

/** Binds the exchange of a request: the `keep` of the handler. */
export function bindExchange(
  request: BoundRequest,
  captured: readonly CapturedCallback[],
): BoundExchange {
  return {
    keep: (key) => holdSend(request.begun, keep(request, captured, key), 'exchange.keep(…)'),
  }
}

async function keep(
  request: BoundRequest,
  captured: readonly CapturedCallback[],
  key: string,
): Promise<void> {
  const { operation, c, runtime, pending } = request
  const { operationId, validated } = operation
  const sender = boundSender(request, 'no exchange can be kept')
  const place = { owner: runtime.owner(c), operationId, key }
  const keepNow = (response?: Exchange['response']) => {
    const callbacks = captured.map((one) => {
      const { name, callback } = one
      const copy = captureOnce(request, one)
      const complete = response ? callback.capture({ ...copy, response }) : copy
      return [name, { key: callback.key, exchange: complete }] as const
    })
    return sender.keepExchange({
      ...place,
      callbacks: Object.fromEntries(callbacks),
      validated,
    })
  }
  if (pending) {
    await sender.checkExchangePlace(place) // while the handler can still react
    pending.add('exchange.keep(…)', keepNow)
  } else await keepNow()
  request.exchangeKey = key
}

/** Throws for an operation without callbacks, which has nothing to keep. */
export function refuseToKeep(): never {
  throw new CoreError(
    'response-unavailable',
    'exchange.keep(…) keeps the values that the URLs of callbacks read, but this operation has no callbacks; declare one with .callback(…)',
  )
}
