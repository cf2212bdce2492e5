import type { Exchange } from '@ringback/expression'
import type { Context } from 'hono'
import type { OperationCallback } from '../definition/definition.ts'
import type {
  CallbackMessage,
  MessageParts,
  SendOptions,
  StagedDelivery,
  ValidatedPart,
} from '../definition/delivery.ts'
import { CoreError } from '../definition/errors.ts'
import type { BegunSends } from './begun-sends.ts'
import { boundSender } from './bound-sender.ts'
import type { BoundCallback } from './context.ts'
import type { PendingActions } from './pending-actions.ts'
import type { Runtime } from './runtime.ts'

/** The facts about an operation that each of its requests needs. */
export interface BoundOperation {
  readonly operationId: string
  /** Its name in messages. */
  readonly place: string
  /** It declares security. */
  readonly isSecured: boolean
  readonly validated: readonly ValidatedPart[]
}

/** A request whose callbacks are bound. */
export interface BoundRequest {
  readonly operation: BoundOperation
  readonly c: Context
  readonly runtime: Runtime
  /** The actions that wait for the response; absent if no callback reads it. */
  readonly pending: PendingActions | undefined
  readonly begun: BegunSends
  /** The key of the exchange, once it is kept. */
  exchangeKey?: string
}

/** A callback, and the parts of the request that its URL reads. */
export interface CapturedCallback {
  readonly name: string
  readonly callback: OperationCallback
  readonly exchange: Exchange
}

/** Binds one callback to a request: the `send`, `prepare` and `call` of the handler. */
export function bindCallback(
  request: BoundRequest,
  captured: CapturedCallback,
): BoundCallback<readonly unknown[], unknown> {
  const { c, pending, begun } = request
  const { name, callback } = captured
  const sender = () => boundSender(request, `the callback '${name}' cannot be sent`)
  const messageOf = (args: readonly unknown[]) => callbackMessageOf(request, captured, args)

  const stage = async (args: readonly unknown[]) => {
    let staging: Promise<StagedDelivery> | undefined
    // first, since it throws once the response is given
    pending?.add(`callbacks.${name}.send(…)`, async (response) => {
      const staged = await staging?.catch(() => undefined) // the caller of `send` gets the error
      await staged?.release(callback.capture({ ...captured.exchange, response }))
    })
    staging = sender().stage(messageOf(args))
    return (await staging).delivery
  }
  const refuseIfResponseIsRead = () => {
    if (callback.readsResponse === undefined) return
    throw new CoreError(
      'response-unavailable',
      `${request.operation.place}: the URL of the callback '${name}' reads the response, which does not exist yet; send it with callbacks.${name}.send(…), which waits for it`,
    )
  }

  const send = async (args: readonly unknown[]) =>
    callback.readsResponse ? stage(args) : sender().send(messageOf(args))
  const prepare = async (args: readonly unknown[]) => {
    refuseIfResponseIsRead()
    return sender().prepare(messageOf(args))
  }
  const call = async (args: readonly unknown[]) => {
    refuseIfResponseIsRead()
    return sender().call(messageOf(args), c.req.raw.signal)
  }

  const caller = `callbacks.${name}`
  return {
    send: (...args) => begun.hold(send(args), `${caller}.send(…)`),
    prepare: (...args) => begun.watch(prepare(args), `${caller}.prepare(…)`),
    call: (...args) => begun.watch(call(args), `${caller}.call(…)`),
  }
}

function callbackMessageOf(
  { operation, c, runtime, exchangeKey }: BoundRequest,
  { name, callback, exchange }: CapturedCallback,
  args: readonly unknown[],
): CallbackMessage {
  const { operationId, validated } = operation
  // without a payload, the options come first
  const [payload, options] = callback.body === undefined ? [undefined, ...args] : args
  return {
    name,
    callback,
    operationId,
    owner: runtime.owner(c),
    exchange,
    validated,
    payload,
    // the types of `send` and `prepare` have checked it
    ...(options !== undefined && { options: options as SendOptions & MessageParts }),
    ...(exchangeKey !== undefined && { exchangeKey }),
  }
}
