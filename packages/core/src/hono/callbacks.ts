import type { Exchange } from '@ringback/expression'
import type { Context } from 'hono'
import { securityKeysOf, withoutSecurityKeys } from '../checks/security-keys.ts'
import type { OperationCallback, OperationDefinition } from '../definition/definition.ts'
import type {
  CallbackMessage,
  CallbackMethods,
  SendOptions,
  StagedDelivery,
  ValidatedPart,
} from '../definition/delivery.ts'
import { CoreError } from '../definition/errors.ts'
import { operationIdOf } from '../definition/operation-id.ts'
import { placeOf } from '../definition/path.ts'
import type { BoundCallback, BoundExchange } from './context.ts'
import { mountOf } from './mount.ts'
import type { Runtime } from './runtime.ts'
import { untilResponse } from './until-response.ts'

/** The callbacks of one request, as its handler sends them. */
export type BoundCallbacks = Readonly<Record<string, BoundCallback<readonly unknown[], unknown>>>

/** What of its callbacks one request has. */
export interface Bound {
  readonly callbacks: BoundCallbacks
  readonly exchange: BoundExchange
  /** Lets the handler answer, stores what waits for that, and gives it; absent where nothing can wait. */
  readonly release?: (response: () => Response | Promise<Response>) => Promise<Response>
}

/**
 * Binds the callbacks of an operation to one request: what their URLs read is copied out of it now, before the
 * handler can change anything.
 */
export type BindCallbacks = (
  c: Context,
  request: { readonly body: unknown; readonly runtime: Runtime },
) => Bound

const PARTS = { params: 'path', query: 'query', headers: 'header', content: 'body' } as const

/** Works out, once, how the callbacks of an operation are bound. */
export function callbackBinder(definition: OperationDefinition): BindCallbacks {
  const operationId = operationIdOf(definition)
  const place = placeOf(definition)
  const keys = securityKeysOf(definition)
  const callbacks = Object.entries(definition.callbacks)
  const readsResponse = callbacks.some(([, callback]) => callback.readsResponse)
  const needsBody = callbacks.some(([, callback]) => callback.readsResponse === 'body')
  const validated = Object.entries(PARTS)
    .filter(([part]) => Object.hasOwn(definition.request, part))
    .map(([, name]): ValidatedPart => name)

  return (c, { body, runtime }) => {
    const url = runtime.publicUrl === undefined ? c.req.url : rebase(c, runtime.publicUrl)
    const exchange = exchangeOf(c, body, withoutSecurityKeys(url, keys))
    const captured = callbacks.map(
      ([name, callback]) => [name, callback, callback.capture(exchange)] as const,
    )
    const pending = readsResponse
      ? untilResponse({ place, needsBody, limit: runtime.bodyLimit })
      : undefined
    let exchangeKey: string | undefined

    const bindOne = (name: string, callback: OperationCallback, exchange: Exchange) => {
      const sender = () => senderOf(c, runtime, `the callback '${name}' cannot be sent`)
      const message = (payload: unknown, options?: SendOptions): CallbackMessage => ({
        name,
        callback,
        operationId,
        owner: runtime.owner(c),
        exchange,
        validated,
        payload,
        ...(options && { options }),
        ...(exchangeKey !== undefined && { exchangeKey }),
      })
      /** Without a payload, the options are what comes first. */
      const messageOf = (given: readonly unknown[]) => {
        const [payload, options] = callback.body === undefined ? [undefined, ...given] : given
        return message(payload, options as SendOptions | undefined)
      }
      const stage = async (given: readonly unknown[]) => {
        let staging: Promise<StagedDelivery> | undefined
        // first, since nobody may send once the answer has been given
        pending?.add(name, async (response) => {
          const staged = await staging?.catch(() => undefined) // whoever sends it is told
          await staged?.release(callback.capture({ ...exchange, response }))
        })
        staging = sender().stage(messageOf(given))
        return (await staging).delivery
      }
      const now = <TResult>(does: () => Promise<TResult>): Promise<TResult> => {
        if (callback.readsResponse === undefined) return does()
        const sentence = `${place}: the URL of the callback '${name}' reads the answer, which is not there yet: send it with callbacks.${name}.send(…), which waits for it`
        throw new CoreError('response-unavailable', sentence)
      }
      const bound: BoundCallback<readonly unknown[], unknown> = {
        send: async (...given) =>
          callback.readsResponse ? stage(given) : sender().send(messageOf(given)),
        prepare: async (...given) => now(() => sender().prepare(messageOf(given))),
        call: async (payload) => now(() => sender().call(message(payload), c.req.raw.signal)),
      }
      return [name, bound] as const
    }

    const keep = async (key: string) => {
      const sender = senderOf(c, runtime, 'no exchange can be kept')
      const slot = { owner: runtime.owner(c), operationId, key }
      const keepNow = (response?: Exchange['response']) => {
        const kept = captured.map(([name, callback, early]) => {
          const exchange = response ? callback.capture({ ...early, response }) : early
          return [name, { key: callback.key, exchange }] as const
        })
        return sender.keepExchange({ ...slot, callbacks: Object.fromEntries(kept), validated })
      }
      if (pending) {
        await sender.checkExchangePlace(slot) // while the handler can still do something about it
        pending.add(undefined, keepNow)
      } else await keepNow()
      exchangeKey = key
    }

    return {
      callbacks: Object.fromEntries(captured.map((one) => bindOne(...one))),
      exchange: { keep },
      ...(pending && { release: pending.release }),
    }
  }
}

/** Of an operation without callbacks: nothing could be sent from what it keeps. */
export function nothingToKeep(): never {
  throw new CoreError(
    'response-unavailable',
    'exchange.keep(…) keeps what the URLs of callbacks read, and this operation has no callbacks: declare one with .callback(…)',
  )
}

function senderOf(c: Context, { sender }: Runtime, problem: string): CallbackMethods {
  if (sender === undefined) {
    throw new CoreError(
      'no-sender',
      `${problem}: give createApi, or apiRuntime(…) where the operation is mounted by hand, a 'sender', made by createSender`,
    )
  }
  return (typeof sender === 'function' ? sender(c) : sender)['~callbacks']
}

function exchangeOf(c: Context, body: unknown, url: string): Exchange {
  return {
    request: {
      method: c.req.method,
      url,
      pathParams: c.req.param(),
      headers: c.req.header(),
      ...(body !== undefined && { body }),
    },
  }
}

/** The request's path below the mount and its query, on the public address of the mount. */
function rebase(c: Context, publicUrl: string): string {
  const { pathname, search } = new URL(c.req.url)
  // counted in segments, for Hono's paths are decoded, and the URL's is not
  const depth = mountOf(c).split('/').length
  const below = pathname.split('/').slice(depth)
  return `${publicUrl.replace(/\/+$/, '')}/${below.join('/')}${search}`
}
