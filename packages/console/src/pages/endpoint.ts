import type { DeliveryStats, Endpoint } from '@ringback/sender'
import { type Child, jsx as h } from 'hono/jsx'
import type { ConsoleContext } from '../access.ts'
import { showFacts, showTime } from '../parts/elements.ts'
import { showChoiceField, showConfirmation } from '../parts/form.ts'
import { formatCount, formatDuration, formatShare } from '../parts/format.ts'
import { showTable } from '../parts/table.ts'
import { writeFilter } from '../read/read-filter.ts'
import { type Access, REDACTED, redactUrl } from '../read/redact.ts'
import { deliveryColumns } from './deliveries.ts'
import { showHealthOf } from './endpoints.ts'
import { rootOf, showPage } from './layout.ts'
import { noPage, showMissing } from './message.ts'

const DAY = 86_400_000
const LAST = 10

/** What can be done with an endpoint: how it is asked, and what is said once it is done. */
interface EndpointAction {
  readonly title: string
  readonly link: string
  readonly button: string
  readonly isDangerous?: boolean
  readonly text: string
  readonly done: string
  readonly isPossible: (endpoint: Endpoint) => boolean
}

const ROTATE: EndpointAction = {
  title: 'Rotate the secret of this endpoint?',
  link: 'Rotate the secret …',
  button: 'Rotate',
  isDangerous: true,
  text: 'A new secret is made, and shown once: give it to the receiver. Until the overlap ends, requests are signed with the old one as well.',
  done: 'The secret is replaced.',
  isPossible: () => true,
}
const ACTIONS: ReadonlyMap<string, EndpointAction> = new Map([
  ['rotate', ROTATE],
  [
    'disable',
    {
      title: 'Disable this endpoint?',
      link: 'Disable …',
      button: 'Disable',
      isDangerous: true,
      text: 'What is to be sent to it waits, also what is published meanwhile, until it is enabled.',
      done: 'It is disabled: what is to be sent to it waits.',
      isPossible: ({ state }) => state === 'enabled',
    },
  ],
  [
    'enable',
    {
      title: 'Enable this endpoint?',
      link: 'Enable …',
      button: 'Enable',
      text: 'What waits is sent: the oldest first, as a probe.',
      done: 'It is enabled: what waits is sent.',
      isPossible: ({ state }) => state === 'disabled',
    },
  ],
])

/** Responds with one endpoint: its fields, its health, and its last deliveries. */
export async function endpointPage(c: ConsoleContext): Promise<Response> {
  const endpoint = await find(c)
  if (endpoint === undefined) return showNone(c)
  const { id, owner, description } = endpoint
  const sender = c.get('sender')
  const access = c.get('access')
  const [stats, deliveries] = await Promise.all([
    sender.stats({ owner, endpoint: id, since: Date.now() - DAY }),
    sender.deliveries({ owner, endpoint: id, limit: LAST }),
  ])
  const done = ACTIONS.get(c.req.query('done') ?? '')?.done
  const actions = [...ACTIONS].filter(([, one]) => access === 'all' && one.isPossible(endpoint))
  const root = rootOf(c)
  return showPage(
    c,
    { title: `Endpoint ${id}`, part: 'endpoints' },
    done !== undefined && h('p', { class: 'done', role: 'status' }, done),
    h(
      'div',
      { class: 'head' },
      h('h1', null, description ?? 'Endpoint'),
      actions.length > 0 &&
        h(
          'p',
          { class: 'actions' },
          ...actions.map(([name, { link }]) =>
            h('a', { class: 'button', href: `./${encodeURIComponent(id)}/${name}` }, link),
          ),
        ),
    ),
    showEndpointFacts(endpoint, access),
    h('section', null, h('h2', null, 'The last 24 hours'), showHealth(stats)),
    h(
      'section',
      null,
      h(
        'div',
        { class: 'head' },
        h('h2', null, 'Last deliveries'),
        h(
          'a',
          { href: `${root}deliveries?${writeFilter({ endpoint: id, owner })}` },
          'All of this endpoint',
        ),
      ),
      showTable({
        caption: 'Last deliveries of this endpoint',
        isCaptionHidden: true,
        columns: deliveryColumns(root, access),
        rows: deliveries,
        empty: 'Nothing was published to it.',
      }),
    ),
  )
}

/** Asks before something is done with an endpoint. */
export async function confirmEndpointAction(c: ConsoleContext): Promise<Response> {
  const action = ACTIONS.get(c.req.param('action') ?? '')
  if (action === undefined) return noPage(c)
  const endpoint = await find(c)
  if (endpoint === undefined) return showNone(c)
  const back = `../${encodeURIComponent(endpoint.id)}`
  if (!action.isPossible(endpoint)) return c.redirect(back, 303)
  const overlap = showChoiceField({
    name: 'overlap',
    label: 'The old secret signs as well for',
    value: `${DAY}`,
    choices: [
      [`${DAY}`, '24 hours'],
      [`${7 * DAY}`, '7 days'],
      [`${DAY / 24}`, 'an hour'],
      ['0', 'no time: it has leaked'],
    ],
  })
  return showPage(
    c,
    { title: action.title, part: 'endpoints' },
    showConfirmation({
      ...action,
      subject: showEndpointFacts(endpoint, c.get('access')),
      back,
      fields: action === ROTATE ? [overlap] : [],
    }),
  )
}

/** Does something with an endpoint; a new secret is shown in this response alone. */
export async function runEndpointAction(c: ConsoleContext): Promise<Response> {
  const name = c.req.param('action') ?? ''
  const action = ACTIONS.get(name)
  if (action === undefined) return noPage(c)
  const endpoint = await find(c)
  if (endpoint === undefined) return showNone(c)
  const { endpoints } = c.get('sender')
  const back = `../${encodeURIComponent(endpoint.id)}`
  if (action !== ROTATE) {
    await (name === 'enable' ? endpoints.enable(endpoint.id) : endpoints.disable(endpoint.id))
    return c.redirect(`${back}?done=${name}`, 303)
  }
  const chosen = Number(new URLSearchParams(await c.req.text()).get('overlap') ?? DAY)
  const overlap = chosen >= 0 && chosen <= 7 * DAY ? chosen : DAY
  await endpoints.rotate(endpoint.id, { overlap })
  const secret = await endpoints.secret(endpoint.id)
  return showPage(
    c,
    { title: 'The new secret', part: 'endpoints' },
    h('h1', null, 'The new secret'),
    h('p', { class: 'done', role: 'status' }, 'It is shown once: give it to the receiver now.'),
    h('p', { class: 'secret' }, h('code', null, secret ?? '')),
    showEndpointFacts(endpoint, c.get('access')),
    h('p', null, h('a', { class: 'button', href: back }, 'Back to the endpoint')),
  )
}

async function find(c: ConsoleContext): Promise<Endpoint | undefined> {
  const id = c.req.param('id')
  return id === undefined ? undefined : c.get('sender').endpoints.get(id)
}

function showNone(c: ConsoleContext): Promise<Response> {
  return showMissing(c, 'There is no such endpoint: it never was, or it has been deleted.')
}

function showEndpointFacts(endpoint: Endpoint, access: Access): Child {
  const { metadata = {}, headerNames = [], limits } = endpoint
  return showFacts([
    ['Id', h('code', null, endpoint.id)],
    ['Owner', endpoint.owner],
    ['URL', h('code', null, redactUrl(endpoint.url, access))],
    ['State', showHealthOf(endpoint)],
    ['Listens to', h('code', null, endpoint.events.join(', '))],
    ['External id', endpoint.externalId],
    [
      'Headers',
      headerNames.length === 0
        ? undefined
        : headerNames.map((name) => `${name}: ${REDACTED}`).join(', '),
    ],
    ['At once', limits?.concurrency === undefined ? undefined : formatCount(limits.concurrency)],
    ['A second', limits?.rate === undefined ? undefined : String(limits.rate)],
    ...Object.entries(metadata).map(([name, value]): readonly [string, Child] => [
      `metadata ${name}`,
      value,
    ]),
    ['Created', showTime(endpoint.createdAt)],
    ['Changed', showTime(endpoint.updatedAt)],
  ])
}

function showHealth({ successRate, states, latency, attempts }: DeliveryStats): Child {
  return showFacts([
    ['Success rate', formatShare(successRate)],
    ['Delivered', formatCount(states.delivered)],
    ['Dead', formatCount(states.dead)],
    ['Waiting', formatCount(states.scheduled + states.parked + states.sending)],
    ['Attempts', `${formatCount(attempts.total)}, ${formatCount(attempts.failed)} failed`],
    [
      'Latency',
      latency && `p50 ${formatDuration(latency.p50)}, p95 ${formatDuration(latency.p95)}`,
    ],
  ])
}
