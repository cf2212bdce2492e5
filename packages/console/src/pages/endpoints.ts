import type { Endpoint } from '@ringback/sender'
import { jsx as h } from 'hono/jsx'
import type { ConsoleContext } from '../access.ts'
import { showAge, showState } from '../parts/elements.ts'
import { showChoiceField, showTextField } from '../parts/form.ts'
import { showTable } from '../parts/table.ts'
import { redactUrl } from '../read/redact.ts'
import { showPage } from './layout.ts'

const PAGE = 50
const STATES = ['enabled', 'disabled'] as const

/** Responds with the endpoints of webhooks that a filter selects, newest first. */
export async function endpointsPage(c: ConsoleContext): Promise<Response> {
  const access = c.get('access')
  const { cursor, ...filter } = readEndpointFilter(c)
  const { endpoints, cursor: next } = await c
    .get('sender')
    .endpoints.list({ ...filter, ...(cursor !== undefined && { cursor }), limit: PAGE })
  const linkTo = (values: Readonly<Record<string, string>>) =>
    `./endpoints?${new URLSearchParams(values)}`
  const isFiltered = Object.keys(filter).length > 0
  return showPage(
    c,
    { title: 'Endpoints', part: 'endpoints' },
    h('h1', null, 'Endpoints'),
    h(
      'p',
      { class: 'dim' },
      'The receivers of webhooks. Those of callbacks are the origins of their URLs: the overview shows which are held.',
    ),
    h(
      'form',
      { method: 'get', class: 'filter', role: 'search', 'aria-label': 'Filter of endpoints' },
      showChoiceField({
        name: 'state',
        label: 'State',
        value: filter.state,
        choices: [['', 'any'], ...STATES.map((state) => [state, state] as const)],
      }),
      showTextField({ name: 'owner', label: 'Owner', value: filter.owner }),
      showTextField({ name: 'event', label: 'Listens to', value: filter.event }),
      showTextField({ name: 'externalId', label: 'External id', value: filter.externalId }),
      h(
        'p',
        { class: 'actions' },
        h('button', { type: 'submit', class: 'primary' }, 'Filter'),
        isFiltered && h('a', { class: 'button', href: './endpoints' }, 'Clear'),
      ),
    ),
    showTable({
      caption: isFiltered
        ? 'Endpoints that the filter finds, newest first'
        : 'Endpoints, newest first',
      columns: [
        {
          name: 'Endpoint',
          show: ({ id, url }) => [
            h('a', { href: `./endpoints/${encodeURIComponent(id)}` }, redactUrl(url, access)),
            h('code', { class: 'id' }, id),
          ],
        },
        { name: 'State', show: showHealthOf },
        { name: 'Owner', show: ({ owner }) => owner },
        { name: 'Listens to', show: ({ events }) => h('code', null, events.join(', ')) },
        { name: 'Description', show: ({ description }) => description ?? '–' },
        { name: 'Created', show: ({ createdAt }) => showAge(createdAt) },
      ],
      rows: endpoints,
      empty: isFiltered
        ? 'The filter finds no endpoint.'
        : 'There is no endpoint yet: sender.endpoints.create(…), or the operations of @ringback/subscriptions, register one.',
    }),
    h(
      'nav',
      { class: 'pages', 'aria-label': 'Pages' },
      cursor !== undefined && h('a', { href: linkTo(filter) }, 'Newest'),
      next !== undefined &&
        h('a', { href: linkTo({ ...filter, cursor: next }), rel: 'next' }, 'Older'),
    ),
  )
}

/** The state of an endpoint: whether it is held, or why it is disabled. */
export function showHealthOf({ state, disabledReason, heldUntil }: Endpoint) {
  if (state === 'disabled') return showState('disabled', disabledReason)
  if (heldUntil === undefined || heldUntil <= Date.now()) return showState('enabled')
  return [showState('held'), ' probed ', showAge(heldUntil)]
}

type TextFilter = Partial<
  Record<'owner' | 'event' | 'externalId' | 'cursor', string> & { state: (typeof STATES)[number] }
>

function readEndpointFilter(c: ConsoleContext): TextFilter {
  const read = (name: string) => c.req.query(name)?.trim().slice(0, 2048) || undefined
  const names = ['owner', 'event', 'externalId', 'cursor'] as const
  const texts = names.map((name) => [name, read(name)] as const)
  const state = STATES.find((one) => one === read('state'))
  return {
    ...Object.fromEntries(texts.filter(([, value]) => value !== undefined)),
    ...(state && { state }),
  }
}
