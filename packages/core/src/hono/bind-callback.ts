import type { Exchange } from '@ringback/expression'
import type { Context } from 'hono'
import type { OperationCallback } from '../definition/definition.ts'
import type {
  CallbackMessage,
  CallbackMethods,
  CallResult,
  Delivery,
  MessageParts,
  PreparedDelivery,
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
  /** Copies them at the first use, unless they were copied before. */
  readonly exchange: () => Exchange
}

/** Binds one callback to a request: the `send`, `prepare` and `call` of the handler. */
export function bindCallback(
  request: BoundRequest,
  captured: CapturedCallback,
): BoundCallback<readonly unknown[], unknown> {
  const { begun } = request
  const caller = `callbacks.${captured.name}`
  // few functions: most requests send at most one of their callbacks
  return {
    send: (...args) => begun.hold(send(request, captured, args), `${caller}.send(…)`),
    prepare: (...args) => begun.watch(prepare(request, captured, args), `${caller}.prepare(…)`),
    call: (...args) => begun.watch(call(request, captured, args), `${caller}.call(…)`),
  }
}

type Arguments = readonly unknown[]

async function send(
  request: BoundRequest,
  captured: CapturedCallback,
  args: Arguments,
): Promise<Delivery> {
  return captured.callback.readsResponse
    ? stage(request, captured, args)
    : senderFor(request, captured).send(callbackMessageOf(request, captured, args))
}

/** Stores a delivery that waits for the response. */
async function stage(
  request: BoundRequest,
  captured: CapturedCallback,
  args: Arguments,
): Promise<Delivery> {
  const { callback, name } = captured
  let staging: Promise<StagedDelivery> | undefined
  // first, since it throws once the response is given
  request.pending?.add(`callbacks.${name}.send(…)`, async (response) => {
    const staged = await staging?.catch(() => undefined) // the caller of `send` gets the error
    await staged?.release(callback.capture({ ...captured.exchange(), response }))
  })
  staging = senderFor(request, captured).stage(callbackMessageOf(request, captured, args))
  return (await staging).delivery
}

async function prepare(
  request: BoundRequest,
  captured: CapturedCallback,
  args: Arguments,
): Promise<PreparedDelivery> {
  refuseIfResponseIsRead(request, captured)
  return senderFor(request, captured).prepare(callbackMessageOf(request, captured, args))
}

async function call(
  request: BoundRequest,
  captured: CapturedCallback,
  args: Arguments,
): Promise<CallResult<unknown>> {
  refuseIfResponseIsRead(request, captured)
  const { signal } = request.c.req.raw
  return senderFor(request, captured).call(callbackMessageOf(request, captured, args), signal)
}

function refuseIfResponseIsRead(
  { operation }: BoundRequest,
  { name, callback }: CapturedCallback,
): void {
  if (callback.readsResponse === undefined) return
  throw new CoreError(
    'response-unavailable',
    `${operation.place}: the URL of the callback '${name}' reads the response, which does not exist yet; send it with callbacks.${name}.send(…), which waits for it`,
  )
}

function senderFor(request: BoundRequest, { name }: CapturedCallback): CallbackMethods {
  return boundSender(request, `the callback '${name}' cannot be sent`)
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
    exchange: exchange(),
    validated,
    payload,
    // the types of `send` and `prepare` have checked it
    ...(options !== undefined && { options: options as SendOptions & MessageParts }),
    ...(exchangeKey !== undefined && { exchangeKey }),
  }
}
