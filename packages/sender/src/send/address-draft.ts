import type { CallbackMessage } from '@ringback/core'
import { parseExpression, resolveUrl } from '@ringback/expression'
import { addQuery } from '../store/add-query.ts'
import type { StoredDelivery } from '../store/delivery-store.ts'
import { judgeUrl } from '../transport/egress/judge-url.ts'
import { compilePolicy, type EgressPolicy } from '../transport/egress/policy.ts'
import type { Draft } from './create-draft.ts'

/** Resolves a draft's URL from its exchange: the delivery is scheduled, or already final. */
export function addressDraft(
  { delivery, dueAt, query }: Draft,
  message: CallbackMessage,
  policy: EgressPolicy,
): StoredDelivery {
  const resolved = resolveUrl(message.callback.template, message.exchange)
  if (!resolved.ok) {
    const state = isOptional(resolved, message) ? 'skipped' : 'unresolvable'
    return { ...delivery, state, detail: resolved.message }
  }
  const url = query === undefined ? resolved.url : addQuery(resolved.url, query)
  const target = judgeUrl(url, compilePolicy(policy))
  if (!(target instanceof URL)) {
    return { ...delivery, url, state: 'dead', reason: 'blocked', detail: target.reason }
  }
  return { ...delivery, url, endpoint: target.origin, state: 'scheduled', dueAt }
}

/** Tells whether a value may be missing: the request passed the schema of the part that lacks it. */
function isOptional(
  { code, expression }: { readonly code: string; readonly expression?: string },
  message: CallbackMessage,
): boolean {
  if (code !== 'missing' || expression === undefined) return false
  const parsed = parseExpression(expression)
  return parsed.root === 'request' && message.validated.includes(parsed.source)
}
