import { CoreError } from './errors.ts'
import type { SecurityAlternatives, SecurityScheme } from './security.ts'

/**
 * Refuses a value that is no security scheme, such as the object of OpenAPI.
 *
 * @throws {CoreError} with `option`
 */
export function requireScheme(
  scheme: Partial<SecurityScheme | SecurityAlternatives> | undefined,
  owner: string,
): void {
  if (typeof __RINGBACK_CHECKS__ !== 'undefined' && !__RINGBACK_CHECKS__) return
  if (typeof scheme === 'object' && scheme?.['~secure']) return
  throw new CoreError(
    'option',
    `${owner} gives .security(…) no scheme; give it one of securityScheme(name, object, middleware)`,
  )
}
