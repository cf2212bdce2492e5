import type { JsonObject } from '../documents/read-document.ts'
import { checkCallback } from './check-callback.ts'
import { checkLinks } from './check-links.ts'
import { checkOperationIds, checkResponses, checkSecurity } from './check-operation.ts'
import { createFindings, type Finding } from './finding.ts'
import { walkDocument } from './site.ts'

/**
 * Checks the callbacks, webhooks and links of an OpenAPI document of version 3.0, 3.1 or 3.2, which anybody may have
 * written.
 *
 * @example
 * lint({ openapi: '3.1.0', info: { title: 'Orders', version: '1' }, webhooks: { grown: { post: {} } } })
 * // [{ rule: 'missing-responses', severity: 'warning', pointer: '/webhooks/grown/post', … }]
 *
 * @see https://spec.openapis.org/oas/v3.2.0.html#callback-object
 */
export function lint(document: JsonObject): Finding[] {
  const findings = createFindings()
  const context = { document, findings }
  const { sites, callbacks } = walkDocument(context)

  if (document.webhooks !== undefined && /^3\.0/.test(String(document.openapi))) {
    findings.add('webhooks-version', '/webhooks', {
      message: 'OpenAPI 3.0 has no webhooks: tools for it ignore them.',
      remedy: 'Set openapi to 3.1.1, or name the field x-webhooks.',
    })
  }
  checkSecurity(context, { security: document.security, pointer: '' })
  for (const site of sites) {
    checkSecurity(context, { security: site.operation.security, pointer: site.pointer })
    checkResponses(context, site)
    checkLinks(context, site, sites)
  }
  for (const callback of callbacks) checkCallback(context, callback)
  checkOperationIds(context, sites)
  return [...findings.all]
}
