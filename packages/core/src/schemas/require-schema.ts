import { CoreError } from '../definition/errors.ts'
import type { AnySchema } from '../definition/schema.ts'

/**
 * Refuses a value that is no schema, such as `{ id: 'string' }`, and a schema whose library a bundler has left out.
 *
 * @throws {CoreError} with `schema`, and `option` for a library that was left out, naming owner and method
 */
export function requireSchema(value: unknown, owner: string, method: string): void {
  if (typeof __RINGBACK_OTHER_SCHEMAS__ !== 'undefined' && !__RINGBACK_OTHER_SCHEMAS__) {
    const { vendor } = (value as Partial<AnySchema> | null | undefined)?.['~standard'] ?? {}
    if (vendor && vendor !== 'valibot') {
      throw new CoreError(
        'option',
        `${owner} gives .${method} a schema of ${vendor}, whose code was left out of the bundle: remove __RINGBACK_OTHER_SCHEMAS__ from the constants that the bundler defines`,
      )
    }
  }
  if (typeof __RINGBACK_CHECKS__ !== 'undefined' && !__RINGBACK_CHECKS__) return
  // an object, or a function, such as the schemas of ArkType
  if (value === Object(value) && '~standard' in (value as object)) return
  throw new CoreError(
    'schema',
    `${owner} gives .${method} a value that is no schema; give it one, such as v.object({ id: v.string() }) of valibot (schemas of zod need version 4.2 or later)`,
  )
}
