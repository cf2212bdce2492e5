import type { InspectedDelivery } from '@ringback/sender'
import { type Child, jsx as h } from 'hono/jsx'
import { showFacts, showTime } from '../parts/elements.ts'
import { formatCount } from '../parts/format.ts'
import { writeFilter } from '../read/read-filter.ts'
import type { Access } from '../read/redact.ts'
import { targetOf } from './deliveries.ts'

/** Who sees a page, and where its links begin. */
export interface PagePlace {
  readonly access: Access
  readonly root: string
  readonly now: number
}

/** What is known of a delivery. */
export function showDeliveryFacts(
  delivery: InspectedDelivery,
  { access, root, now }: PagePlace,
): Child {
  const { id, owner, operationId, callback, method, endpoint, redriveOf } = delivery
  const code = (text: string | undefined) => text !== undefined && h('code', null, text)
  const link = (to: Parameters<typeof writeFilter>[0], text: string) =>
    h('a', { href: `${root}deliveries?${writeFilter(to)}` }, text)
  const isRegistered = endpoint?.startsWith('ep_') ?? false
  return showFacts([
    ['Id', code(id)],
    ['Owner', link({ owner }, owner)],
    operationId === ''
      ? ['Webhook', link({ callback }, callback)]
      : [
          'Callback',
          [link({ operationId, callback }, callback), ' of ', h('code', null, operationId)],
        ],
    ['Request', h('code', null, `${method.toUpperCase()} ${targetOf(delivery, access)}`)],
    [
      'Endpoint',
      endpoint === undefined
        ? undefined
        : isRegistered
          ? h('a', { href: `${root}endpoints/${encodeURIComponent(endpoint)}` }, endpoint)
          : link({ endpoint, owner }, endpoint),
    ],
    ['Attempts', formatCount(delivery.attemptCount)],
    ['Stored', showTime(delivery.createdAt, now)],
    ['Next attempt', delivery.dueAt === undefined ? undefined : showTime(delivery.dueAt, now)],
    ['Expires', delivery.expiresAt === undefined ? undefined : showTime(delivery.expiresAt, now)],
    ['Order key', code(delivery.orderKey) || undefined],
    ['Dedupe key', code(delivery.dedupeKey) || undefined],
    ['Exchange key', code(delivery.exchangeKey) || undefined],
    [
      'Repeats',
      redriveOf === undefined
        ? undefined
        : h('a', { href: `${root}deliveries/${encodeURIComponent(redriveOf)}` }, redriveOf),
    ],
  ])
}
