import type { DeliveryFilter, DeliveryRecord } from '@ringback/sender'
import { type Child, jsx as h } from 'hono/jsx'
import type { ConsoleContext } from '../access.ts'
import { showAge, showState } from '../parts/elements.ts'
import { showChoiceField, showTextField } from '../parts/form.ts'
import { formatCount } from '../parts/format.ts'
import { type Column, showTable } from '../parts/table.ts'
import { REASONS, readFilter, STATES, writeFilter, writeTime } from '../read/read-filter.ts'
import { type Access, redactUrl } from '../read/redact.ts'
import { rootOf, showPage } from './layout.ts'

const PAGE = 50

/** Responds with the deliveries that a filter selects, newest first. */
export async function deliveriesPage(c: ConsoleContext): Promise<Response> {
  const filter = readFilter(new URL(c.req.url).searchParams)
  const found = await c.get('sender').deliveries({ ...filter, limit: PAGE + 1 })
  const page = found.slice(0, PAGE)
  const { cursor, ...selected } = filter
  const isFiltered = Object.keys(selected).length > 0
  return showPage(
    c,
    { title: 'Deliveries', part: 'deliveries' },
    h('h1', null, 'Deliveries'),
    showFilter(selected),
    selected.state === 'dead' && page.length > 0 && c.get('access') === 'all'
      ? h(
          'p',
          { class: 'actions' },
          h(
            'a',
            { class: 'button', href: `./deliveries/redrive?${writeFilter(selected)}` },
            'Redrive all that this filter finds …',
          ),
        )
      : null,
    showTable({
      caption: isFiltered
        ? 'Deliveries that the filter finds, newest first'
        : 'Deliveries, newest first',
      columns: deliveryColumns(rootOf(c), c.get('access')),
      rows: page,
      empty: isFiltered
        ? 'The filter finds no delivery.'
        : 'There is no delivery yet: a handler that calls callbacks.NAME.send(…), or sender.publish(…), makes one.',
    }),
    h(
      'nav',
      { class: 'pages', 'aria-label': 'Pages' },
      cursor !== undefined && h('a', { href: `./deliveries?${writeFilter(selected)}` }, 'Newest'),
      found.length > PAGE &&
        h(
          'a',
          {
            href: `./deliveries?${writeFilter({ ...selected, cursor: page.at(-1)?.id ?? '' })}`,
            rel: 'next',
          },
          'Older',
        ),
    ),
  )
}

/** The columns of a list of deliveries. */
export function deliveryColumns(root: string, access: Access): readonly Column<DeliveryRecord>[] {
  return [
    {
      name: 'Delivery',
      show: ({ id, callback }) => [
        h('a', { href: `${root}deliveries/${encodeURIComponent(id)}` }, callback),
        h('code', { class: 'id' }, id),
      ],
    },
    { name: 'State', show: ({ state, reason }) => showState(state, reason) },
    { name: 'Owner', show: ({ owner }) => owner },
    { name: 'To', show: (delivery) => h('code', null, targetOf(delivery, access)) },
    { name: 'Attempts', isNumber: true, show: ({ attemptCount }) => formatCount(attemptCount) },
    { name: 'Last failure', show: ({ detail }) => detail ?? '–' },
    { name: 'Stored', show: ({ createdAt }) => showAge(createdAt) },
  ]
}

/** Gives where a delivery goes: its URL, or its endpoint, whose URL may change. */
export function targetOf(
  { url, endpoint }: Pick<DeliveryRecord, 'url' | 'endpoint'>,
  access: Access,
): string {
  return url === undefined ? (endpoint ?? '–') : redactUrl(url, access)
}

function showFilter(filter: DeliveryFilter): Child {
  const any = ['', 'any'] as const
  const { state, reason, since, until } = filter
  const texts = [
    ['callback', 'Callback or webhook', filter.callback],
    ['operationId', 'Operation', filter.operationId],
    ['owner', 'Owner', filter.owner],
    ['endpoint', 'Endpoint: origin or id', filter.endpoint],
    ['id', 'Id', filter.id],
  ] as const
  return h(
    'form',
    { method: 'get', class: 'filter', role: 'search', 'aria-label': 'Filter of deliveries' },
    showChoiceField({
      name: 'state',
      label: 'State',
      value: state,
      choices: [any, ...STATES.map((one) => [one, one] as const)],
    }),
    showChoiceField({
      name: 'reason',
      label: 'Dead because',
      value: reason,
      choices: [any, ...REASONS.map((one) => [one, one] as const)],
    }),
    ...texts.map(([name, label, value]) => showTextField({ name, label, value })),
    ...(
      [
        ['since', 'Stored since (UTC)', since],
        ['until', 'Stored before (UTC)', until],
      ] as const
    ).map(([name, label, time]) =>
      showTextField({
        name,
        label,
        type: 'datetime-local',
        value: time === undefined ? '' : writeTime(time),
      }),
    ),
    h(
      'p',
      { class: 'actions' },
      h('button', { type: 'submit', class: 'primary' }, 'Filter'),
      Object.keys(filter).length > 0 && h('a', { class: 'button', href: './deliveries' }, 'Clear'),
    ),
  )
}
