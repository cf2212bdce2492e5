import { DurableObjectError } from './errors.ts'
import type { ObjectEndpoints } from './store-call.ts'

/** The endpoints of a Worker whose bundler has left webhooks out: each method is an error. */
export function leftOutEndpoints(): ObjectEndpoints {
  const refuse = async (): Promise<never> => {
    throw new DurableObjectError(
      'option',
      'webhooks were left out of the bundle: remove __RINGBACK_WEBHOOKS__ from the constants that the bundler defines',
    )
  }
  return {
    add: refuse,
    find: refuse,
    query: refuse,
    change: refuse,
    remove: refuse,
    publish: refuse,
    tryPublish: refuse,
    callbacks: refuse,
    replay: refuse,
  }
}
