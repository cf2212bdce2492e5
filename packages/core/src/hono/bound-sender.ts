import type { CallbackMethods } from '../definition/delivery.ts'
import type { BoundRequest } from './bind-callback.ts'
import { ONE_OWNER, type Runtime } from './runtime.ts'
import { senderOf } from './sender-of.ts'

const warned = new WeakSet<Runtime>()

/**
 * The sender of a request. Its log is told once if an API knows its callers, and yet names no owners.
 *
 * @throws {CoreError} with `no-sender` if the API has none; the message begins with `problem`
 */
export function boundSender(
  { operation, c, runtime }: Pick<BoundRequest, 'operation' | 'c' | 'runtime'>,
  problem: string,
): CallbackMethods {
  const methods = senderOf(c, runtime, problem)
  if (operation.isSecured && runtime.owner === ONE_OWNER && !warned.has(runtime)) {
    warned.add(runtime)
    methods.warn?.(
      `ringback: ${operation.place} declares security, but the API has no option owner: all its callers share limits, breakers, dedupe keys and kept exchanges; name the caller, such as owner: (c) => c.get('user').id, or write owner: () => 'default' if there is one`,
    )
  }
  return methods
}
