import { CoreError } from '../definition/errors.ts'

/**
 * Refuses a value that is no schema, such as `{ id: 'string' }`.
 *
 * @throws {CoreError} with `schema`, naming owner and method
 */
export function requireSchema(value: unknown, owner: string, method: string): void {
  if (typeof __RINGBACK_CHECKS__ !== 'undefined' && !__RINGBACK_CHECKS__) return
  // the schemas of ArkType are functions
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function'
  if (isObject && '~standard' in value) return
  throw new CoreError(
    'schema',
    `${owner} gives .${method} a value that is no schema; give it one, such as v.object({ id: v.string() }) of valibot (schemas of zod need version 4.2 or later)`,
  )
}
