import type { SecuritySchemeObject } from './security.ts'

/** The object of `anonymousAccess`; here, so that the document recognizes it without loading the schemes. */
export const ANONYMOUS: SecuritySchemeObject & { readonly type: 'http' } = {
  type: 'http',
  scheme: 'none',
}
