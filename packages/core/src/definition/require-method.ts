import { CoreError } from './errors.ts'

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

/**
 * Refuses a method that OpenAPI does not have, or that is not in lower case.
 *
 * @throws {CoreError} with `path`, naming the owner
 */
export function requireMethod(method: string, owner: string): void {
  if (typeof __RINGBACK_CHECKS__ !== 'undefined' && !__RINGBACK_CHECKS__) return
  if (METHODS.includes(method)) return
  throw new CoreError(
    'path',
    `${owner} has the method '${method}'; write one of ${METHODS.join(', ')}, in lower case`,
  )
}
