import { readsOf } from '@ringback/expression'
import type { Context } from 'hono'
import { securityKeysOf } from '../checks/security-keys.ts'
import type { OperationCallback, OperationDefinition } from '../definition/definition.ts'
import { operationIdOf } from '../definition/operation-id.ts'
import { BODY_PART, PARAMETER_PARTS } from '../definition/parts.ts'
import { placeOf } from '../definition/path.ts'
import { setMember } from '../definition/set-member.ts'
import { createBegunSends, settleSends } from './begun-sends.ts'
import {
  type BoundRequest,
  bindCallback,
  type CapturedCallback,
  captureOnce,
} from './bind-callback.ts'
import { bindExchange } from './bind-exchange.ts'
import type { BoundCallback, BoundExchange } from './context.ts'
import { createPendingActions } from './pending-actions.ts'
import type { Runtime } from './runtime.ts'

/** The callbacks of one request, for its handler. */
export type BoundCallbacks = Readonly<Record<string, BoundCallback<readonly unknown[], unknown>>>

/** The callbacks and the exchange of one request. */
export interface Bound {
  readonly callbacks: BoundCallbacks
  readonly exchange: BoundExchange
  /** Runs the handler, then what waits for the response, and returns that; absent without callbacks. */
  readonly release?: (respond: () => Response | Promise<Response>) => Response | Promise<Response>
}

/**
 * Binds the callbacks of an operation to one request. Copies the parts that their URLs read, before the handler can
 * change them.
 */
export type BindCallbacks = (
  c: Context,
  request: { readonly body: unknown; readonly runtime: Runtime },
) => Bound

/** A handler can change a body, but no other part of the request: those are copied at the first use. */
function readsBody({ template }: OperationCallback): boolean {
  return readsOf(template).request.body.length > 0
}

/** Makes the function that binds the callbacks of an operation to each request. */
export function callbackBinder(definition: OperationDefinition): BindCallbacks {
  const place = placeOf(definition)
  const callbacks = Object.entries(definition.callbacks).map(([name, callback]) => ({
    name,
    callback,
    copiesNow: readsBody(callback),
  }))
  const readsResponse = callbacks.some(({ callback }) => callback.readsResponse)
  const needsBody = callbacks.some(({ callback }) => callback.readsResponse === 'body')
  const validated = [...PARAMETER_PARTS, BODY_PART]
    .filter(({ part }) => Object.hasOwn(definition.request, part))
    .map(({ location }) => location)
  const operation = {
    operationId: operationIdOf(definition),
    place,
    isSecured: (definition.security ?? []).length > 0,
    validated,
    securityKeys: securityKeysOf(definition),
  }

  return (c, { body, runtime }) => {
    const pending = readsResponse
      ? createPendingActions({ place, needsBody, limit: runtime.bodyLimit })
      : undefined
    const begun = createBegunSends(place)
    const request: BoundRequest = {
      operation,
      c,
      runtime,
      body,
      pending,
      begun,
      exchangeKey: undefined,
      whole: undefined,
    }
    const all: CapturedCallback[] = []
    const bound: Record<string, BoundCallbacks[string]> = {}
    for (const { name, callback, copiesNow } of callbacks) {
      const captured: CapturedCallback = { name, callback, copy: undefined }
      if (copiesNow) captureOnce(request, captured)
      all.push(captured)
      setMember(bound, name, bindCallback(request, captured))
    }
    return {
      callbacks: bound,
      exchange: bindExchange(request, all),
      release: pending
        ? (respond) => pending.release(() => settleSends(begun, respond))
        : (respond) => settleSends(begun, respond),
    }
  }
}
