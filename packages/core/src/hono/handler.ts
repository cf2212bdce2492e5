import type { Context } from 'hono'
import type { CallbackSender } from '../delivery.ts'
import type { AnyOperation } from '../operation.ts'
import { type BoundCallbacks, bindCallbacks } from './callbacks.ts'
import { readRequest } from './request.ts'

/** What an operation needs of the API that it runs in. */
export interface Runtime {
  readonly sender: CallbackSender | ((c: Context) => CallbackSender) | undefined
  readonly owner: (c: Context) => string
  readonly publicUrl: string | undefined
  readonly bodyLimit: number
}

const NO_CALLBACKS: BoundCallbacks = Object.freeze({})

/** Makes the one Hono handler of an operation: it reads and validates once, and binds the callbacks. */
export function honoHandler(
  operation: AnyOperation,
  id: string,
  runtime: Runtime,
): (c: Context) => Promise<Response> {
  const definition = operation['~definition']
  // `handle` has checked the function against these arguments
  const answer = operation['~handler'] as (
    c: Context,
    tools: { readonly callbacks: BoundCallbacks },
  ) => Response | Promise<Response>
  const sends = Object.keys(definition.callbacks).length > 0

  return async (c) => {
    const read = await readRequest(c, definition.request, runtime.bodyLimit)
    if (!read.ok) return read.response
    const callbacks = sends
      ? bindCallbacks(c, { definition, id }, { body: read.body, runtime })
      : NO_CALLBACKS
    return answer(c, { callbacks })
  }
}
