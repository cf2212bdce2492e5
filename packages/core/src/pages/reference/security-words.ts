import type { OpenApiDocument, SecurityObject } from '../../definition/openapi-types.ts'
import type { SecuritySchemeObject } from '../../definition/security.ts'
import { code, plain } from './markdown.ts'
import { resolved } from './resolved.ts'

/** Says in Markdown how a sender proves itself. */
export function securityWords(
  document: OpenApiDocument,
  alternatives: readonly SecurityObject[],
): string {
  return alternatives
    .map((schemes) => {
      const all = Object.entries(schemes).map(([name, scopes]) => oneScheme(document, name, scopes))
      return all.length === 0 ? 'none' : all.join(' with ')
    })
    .join(', or ')
}

function oneScheme(document: OpenApiDocument, name: string, scopes: readonly string[]): string {
  const schemes = document.components?.securitySchemes ?? {}
  const scheme = Object.hasOwn(schemes, name) ? schemes[name] : undefined
  const details = [
    ...(scheme ? [kind(resolved(document, scheme))] : []),
    ...(scopes.length > 0 ? [`scopes ${scopes.map(code).join(', ')}`] : []),
    ...(scheme?.description ? [plain(scheme.description)] : []),
  ]
  return `${code(name)}${details.length > 0 ? ` (${details.join('; ')})` : ''}`
}

function kind(scheme: SecuritySchemeObject): string {
  switch (scheme.type) {
    case 'apiKey':
      return `API key in the ${scheme.in === 'query' ? 'query parameter' : scheme.in} ${code(scheme.name)}`
    case 'http':
      return `HTTP ${plain(scheme.scheme)}`
    case 'mutualTLS':
      return 'mutual TLS'
    case 'oauth2':
      return 'OAuth 2'
    case 'openIdConnect':
      return 'OpenID Connect'
  }
}
