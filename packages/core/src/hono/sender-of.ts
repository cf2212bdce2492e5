import type { Context } from 'hono'
import type { CallbackMethods } from '../definition/delivery.ts'
import { CoreError } from '../definition/errors.ts'
import type { Runtime } from './runtime.ts'

/**
 * The sender of a request, as handlers call it.
 *
 * @throws {CoreError} with `no-sender` if the API has none; the message begins with `problem`
 */
export function senderOf(c: Context, { sender }: Runtime, problem: string): CallbackMethods {
  if (sender === undefined) {
    throw new CoreError(
      'no-sender',
      `${problem} without a sender; pass the 'sender' that createSender makes to createApi, or to apiRuntime(…) if the operation is mounted by hand`,
    )
  }
  return (typeof sender === 'function' ? sender(c) : sender)['~callbacks']
}
