import type { Exchange } from '@ringback/expression'
import type { Context } from 'hono'
import type { SecurityKey } from '../checks/security-keys.ts'
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
import { type BegunSends, holdSend, watchSend } from './begun-sends.ts'
import { boundSender } from './bound-sender.ts'
import type { BoundCallback } from './context.ts'
import { exchangeOf } from './exchange.ts'
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
  readonly securityKeys: readonly SecurityKey[]
}

/** A request whose callbacks are bound. */
export interface BoundRequest {
  readonly operation: BoundOperation
  readonly c: Context
  readonly runtime: Runtime
  /** The body as sent. */
  readonly body: unknown
  /** The actions that wait for the response; absent if no callback reads it. */
  readonly pending: PendingActions | undefined
  readonly begun: BegunSends
  /** The key of the exchange, once it is kept. */
  exchangeKey: string | undefined
  /** The exchange with all that a URL can read, once one is captured. */
  whole: Exchange | undefined
}

/** A callback, and the parts of the request that its URL reads. */
export interface CapturedCallback {
  readonly name: string
  readonly callback: OperationCallback
  /** A copy of them, once it is made. */
  copy: Exchange | undefined
}

/** Copies the parts of the request that the URL of a callback reads, unless they were copied before. */
export function captureOnce(request: BoundRequest, captured: CapturedCallback): Exchange {
  const { c, body, runtime, operation } = request
  const { publicUrl } = runtime
  const { securityKeys } = operation
  request.whole ??= exchangeOf(c, { body, publicUrl, securityKeys })
  captured.copy ??= captured.callback.capture(request.whole)
  return captured.copy
}

/** Binds one callback to a request: the `send`, `prepare` and `call` of the handler. */
export function bindCallback(
  request: BoundRequest,
  captured: CapturedCallback,
): BoundCallback<readonly unknown[], unknown> {
  const { begun } = request
  // few functions: most requests send at most one of their callbacks
  return {
    send: (...args) => holdSend(begun, send(request, captured, args), callerOf(captured, 'send')),
    prepare: (...args) =>
      watchSend(begun, prepare(request, captured, args), callerOf(captured, 'prepare')),
    call: (...args) => watchSend(begun, call(request, captured, args), callerOf(captured, 'call')),
  }
}

/** The name of a call in messages. */
function callerOf({ name }: CapturedCallback, method: string): string {
  return `callbacks.${name}.${method}(…)`
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
  const { callback } = captured
  let staging: Promise<StagedDelivery> | undefined
  // first, since it throws once the response is given
  request.pending?.add(callerOf(captured, 'send'), async (response) => {
    const staged = await staging?.catch(() => undefined) // the caller of `send` gets the error
    await staged?.release(callback.capture({ ...captureOnce(request, captured), response }))
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
  request: BoundRequest,
  captured: CapturedCallback,
  args: readonly unknown[],
): CallbackMessage {
  const { operation, c, runtime, exchangeKey } = request
  const { name, callback } = captured
  const { operationId, validated } = operation
  // without a payload, the options come first
  const [payload, options] = callback.body === undefined ? [undefined, ...args] : args
  return {
    name,
    callback,
    operationId,
    owner: runtime.owner(c),
    exchange: captureOnce(request, captured),
    validated,
    payload,
    // the types of `send` and `prepare` have checked it
    ...(options !== undefined && { options: options as SendOptions & MessageParts }),
    ...(exchangeKey !== undefined && { exchangeKey }),
  }
}
