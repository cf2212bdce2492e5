import type { OpenApiDocument, SecurityObject, SecuritySchemeObject } from '@ringback/core/internal'
import { resolveReference } from '@ringback/core/internal'
import { escapeText, formatCode } from './markdown.ts'

/** Describes in Markdown how a callback proves who sends it. */
export function describeSecurity(
  document: OpenApiDocument,
  alternatives: readonly SecurityObject[],
): string {
  return alternatives
    .map((schemes) => {
      const all = Object.entries(schemes).map(([name, scopes]) =>
        describeScheme(document, name, scopes),
      )
      return all.length === 0 ? 'none' : all.join(' with ')
    })
    .join(', or ')
}

function describeScheme(
  document: OpenApiDocument,
  name: string,
  scopes: readonly string[],
): string {
  const schemes = document.components?.securitySchemes ?? {}
  const scheme = Object.hasOwn(schemes, name) ? schemes[name] : undefined
  const details = [
    ...(scheme ? [nameKind(resolveReference(document, scheme))] : []),
    ...(scopes.length > 0 ? [`scopes ${scopes.map(formatCode).join(', ')}`] : []),
    ...(scheme?.description ? [escapeText(scheme.description)] : []),
  ]
  return `${formatCode(name)}${details.length > 0 ? ` (${details.join('; ')})` : ''}`
}

function nameKind(scheme: SecuritySchemeObject): string {
  switch (scheme.type) {
    case 'apiKey':
      return `API key in the ${scheme.in === 'query' ? 'query parameter' : scheme.in} ${formatCode(scheme.name)}`
    case 'http':
      return `HTTP ${escapeText(scheme.scheme)}`
    case 'mutualTLS':
      return 'mutual TLS'
    case 'oauth2':
      return 'OAuth 2'
    case 'openIdConnect':
      return 'OpenID Connect'
  }
}
