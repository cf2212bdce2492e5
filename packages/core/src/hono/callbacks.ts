import type { Exchange } from '@ringback/expression'
import type { Context } from 'hono'
import type { OperationDefinition } from '../definition.ts'
import type { CallbackMessage, CallbackSender, SendOptions, ValidatedPart } from '../delivery.ts'
import { CoreError } from '../errors.ts'
import { mountOf } from '../mount.ts'
import { operationIdOf } from '../operation-id.ts'
import { securityKeysOf, withoutSecurityKeys } from '../security-keys.ts'
import type { BoundCallback } from './context.ts'
import type { Runtime } from './runtime.ts'

/** The callbacks of one request, as its handler sends them. */
export type BoundCallbacks = Readonly<Record<string, BoundCallback<readonly unknown[], unknown>>>

/**
 * Binds the callbacks of an operation to one request: what their URLs read is copied out of it now, before the
 * handler can change anything.
 */
export type BindCallbacks = (
  c: Context,
  request: { readonly body: unknown; readonly runtime: Runtime },
) => BoundCallbacks

const PARTS = { params: 'path', query: 'query', headers: 'header', content: 'body' } as const

/** Works out, once, how the callbacks of an operation are bound. */
export function callbackBinder(definition: OperationDefinition): BindCallbacks {
  const operationId = operationIdOf(definition)
  const keys = securityKeysOf(definition)
  const callbacks = Object.entries(definition.callbacks)
  const validated = Object.entries(PARTS)
    .filter(([part]) => Object.hasOwn(definition.request, part))
    .map(([, name]): ValidatedPart => name)

  return (c, { body, runtime }) => {
    const url = runtime.publicUrl === undefined ? c.req.url : rebase(c, runtime.publicUrl)
    const exchange = exchangeOf(c, body, withoutSecurityKeys(url, keys))
    const bound = callbacks.map(([name, callback]) => {
      const captured = callback.capture(exchange)
      const message = (payload: unknown, options?: SendOptions): CallbackMessage => ({
        name,
        callback,
        operationId,
        owner: runtime.owner(c),
        exchange: captured,
        validated,
        payload,
        ...(options && { options }),
      })
      /** Without a payload, the options are what comes first. */
      const messageOf = (given: readonly unknown[]) => {
        const [payload, options] = callback.body === undefined ? [undefined, ...given] : given
        return message(payload, options as SendOptions | undefined)
      }
      const both: BoundCallback<readonly unknown[], unknown> = {
        send: async (...given) => senderOf(c, runtime, name).send(messageOf(given)),
        prepare: async (...given) => senderOf(c, runtime, name).prepare(messageOf(given)),
        call: async (payload) =>
          senderOf(c, runtime, name).call(message(payload), c.req.raw.signal),
      }
      return [name, both] as const
    })
    return Object.fromEntries(bound)
  }
}

function senderOf(c: Context, runtime: Runtime, name: string): CallbackSender {
  const { sender } = runtime
  if (sender === undefined) {
    throw new CoreError(
      'no-sender',
      `the callback '${name}' cannot be sent: give createApi, or runtime(…) where the operation is mounted by hand, a 'sender', made by createSender`,
    )
  }
  return typeof sender === 'function' ? sender(c) : sender
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
