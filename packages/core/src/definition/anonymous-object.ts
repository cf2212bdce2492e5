import type { SecuritySchemeObject } from './security.ts'

/** By which the document, without loading how schemes are enforced, knows the scheme that demands nothing. */
export const ANONYMOUS: SecuritySchemeObject & { readonly type: 'http' } = {
  type: 'http',
  scheme: 'none',
}
