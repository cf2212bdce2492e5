import type { HttpMethod } from './definition.ts'
import { CoreError } from './errors.ts'

// fetch refuses to send a body with these methods
const BODILESS: readonly HttpMethod[] = ['get', 'head', 'trace']

/**
 * Refuses a request body for a method that has none.
 *
 * @throws {CoreError} with `path`, naming the owner
 * @see https://fetch.spec.whatwg.org/#dom-request
 */
export function refuseBody(method: HttpMethod, owner: string): void {
  if (typeof __RINGBACK_CHECKS__ !== 'undefined' && !__RINGBACK_CHECKS__) return
  if (!BODILESS.includes(method)) return
  throw new CoreError(
    'path',
    `${owner} has the method ${method.toUpperCase()}, which cannot have a body; declare it with 'post'`,
  )
}
