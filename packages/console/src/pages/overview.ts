import type { DeliveryRecord, DeliveryStats, HeldEndpoint, SenderHealth } from '@ringback/sender'
import { type Child, jsx as h } from 'hono/jsx'
import type { ConsoleContext } from '../access.ts'
import { showAge, showState } from '../parts/elements.ts'
import { formatCount } from '../parts/format.ts'
import { showPlot } from '../parts/plot.ts'
import { showTable } from '../parts/table.ts'
import { describeOverview, type OverviewFigures, type TextName } from '../read/overview-figures.ts'
import { type OverviewWindow, startOfWindow, WINDOWS, windowOf } from '../read/overview-window.ts'
import { STATES, writeFilter } from '../read/read-filter.ts'
import { homeOf, rootOf, showPage } from './layout.ts'

const LAST_DEAD = 8

/** Responds with the figures of the first page, for its script. */
export async function liveFigures(c: ConsoleContext): Promise<Response> {
  const { stats, health, window, now } = await observe(c)
  if (stats === undefined) return c.json({ title: 'the figures are not available' }, 503)
  return c.json(describeOverview({ stats, health, window, now }))
}

/** Responds with the first page: how it goes, and what goes wrong. */
export async function overviewPage(c: ConsoleContext): Promise<Response> {
  const [{ stats, health, window, now }, dead] = await Promise.all([
    observe(c),
    orLog(c.get('sender').deliveries({ state: 'dead', limit: LAST_DEAD })),
  ])
  const figures = stats && describeOverview({ stats, health, window, now })
  const root = rootOf(c)
  const live = {
    'data-live': `${root}live.json?window=${window.name}`,
    'data-level': figures?.texts.level,
  }
  return showPage(
    c,
    { title: 'Overview', part: 'overview', status: stats ? 200 : 503 },
    h(
      'div',
      { class: 'overview', ...(figures && live) },
      h(
        'div',
        { class: 'head' },
        h('h1', null, 'Overview'),
        h(
          'div',
          { class: 'live' },
          h(
            'span',
            { class: 'live-state' },
            h('span', { class: 'dot' }),
            h('span', { 'data-live-state': true }, ''),
          ),
          h(
            'button',
            {
              type: 'button',
              class: 'small',
              'data-pause': true,
              'aria-pressed': 'false',
              hidden: true,
            },
            'Pause',
          ),
        ),
        h(
          'nav',
          { class: 'windows', 'aria-label': 'Time' },
          ...WINDOWS.map(({ name, title }) =>
            h(
              'a',
              {
                href: `${homeOf(c)}?window=${name}`,
                'aria-current': name === window.name ? 'true' : undefined,
              },
              title,
            ),
          ),
        ),
      ),
      ...(figures ? showFigures(figures, window) : [showNoFigures()]),
      showHealth(health),
      h(
        'div',
        { class: 'columns' },
        figures && showStates(figures, { root, window, now }),
        stats && showOutcomes(stats),
      ),
      stats && showHeld(stats.held ?? [], root, now),
      showDead(dead, root, now),
    ),
  )
}

async function observe(c: ConsoleContext) {
  const now = Date.now()
  const window = windowOf(c.req.query('window'))
  const sender = c.get('sender')
  const since = startOfWindow(window, now)
  const [stats, health] = await Promise.all([
    orLog(sender.stats({ since, every: window.every, held: true })),
    sender.health(),
  ])
  return { stats, health, window, now }
}

/** A part of the store may be away: the other parts of the page are shown nevertheless. */
async function orLog<TValue>(asked: Promise<TValue>): Promise<TValue | undefined> {
  try {
    return await asked
  } catch (error) {
    console.error(error)
    return undefined
  }
}

const textOf = ({ texts }: OverviewFigures, name: TextName): Child =>
  h('span', { 'data-text': name }, texts[name])

function showFigures(figures: OverviewFigures, window: OverviewWindow): readonly Child[] {
  const text = (name: TextName) => textOf(figures, name)
  const card = (name: string, value: Child, ...notes: readonly Child[]) =>
    h(
      'div',
      { class: 'card' },
      h('dt', null, name),
      h('dd', null, h('strong', null, value), h('span', { class: 'note' }, ...notes)),
    )
  const { paths } = figures
  const start = window.name === 'hour' ? '1 h ago' : window.name === 'day' ? '24 h ago' : '30 d ago'
  return [
    h('p', { class: 'summary', role: 'status', 'data-text': 'summary' }, figures.texts.summary),
    h(
      'dl',
      { class: 'cards' },
      card('Success rate', text('successRate'), 'of ', text('ended'), ' that ended'),
      card(
        'Delivered',
        text('delivered'),
        text('attempts'),
        ' attempts, ',
        text('failedAttempts'),
        ' failed',
      ),
      card('Dead', text('dead'), 'given up on in ', window.words),
      card('Latency', text('p50'), 'p95 ', text('p95'), ' · p99 ', text('p99')),
      card('Waiting', text('waiting'), text('oldestDue')),
    ),
    h(
      'div',
      { class: 'plots' },
      showPlot({
        title: `Deliveries per ${window.every}`,
        most: text('mostEnded'),
        start,
        lines: [
          { name: 'delivered', label: 'delivered', path: paths.delivered, isBar: true },
          { name: 'dead', label: 'dead', path: paths.dead, isBar: true },
        ],
        text: [`At most `, text('mostEnded'), ` ended in one ${window.every}.`],
      }),
      showPlot({
        title: 'Success rate',
        most: '100 %',
        start,
        lines: [{ name: 'rate', label: 'delivered of those that ended', path: paths.rate }],
        text: [text('successRate'), ` of those that ended in ${window.words}.`],
      }),
      showPlot({
        title: 'Latency until delivered',
        most: [text('mostLatency'), ' · logarithmic'],
        start,
        lines: [
          { name: 'p50', label: 'p50', path: paths.p50 },
          { name: 'p95', label: 'p95', path: paths.p95 },
        ],
        text: [
          'p50 ',
          text('p50'),
          ', p95 ',
          text('p95'),
          `; p95 at most `,
          text('mostLatency'),
          ` in one ${window.every}.`,
        ],
      }),
    ),
  ]
}

function showNoFigures(): Child {
  const text =
    'The figures are not available: the store, or a part of it, does not respond or does not count. The error is in the log of this process.'
  return h('p', { class: 'summary', role: 'alert', 'data-level': 'bad' }, text)
}

function showHealth({ isStarted, isStoreUp, isGuarded }: SenderHealth): Child {
  const show = (isWell: boolean, well: string, bad: string) =>
    h('li', { class: isWell ? 'well' : 'bad' }, isWell ? well : bad)
  return h(
    'ul',
    { class: 'health', 'aria-label': 'Health of this process' },
    show(isStarted, 'sends', 'does not send: it is not started, or another process sends'),
    show(isStoreUp, 'store responds', 'store does not respond'),
    show(isGuarded, 'connections guarded', 'connections not guarded'),
  )
}

interface Place {
  readonly root: string
  readonly window: OverviewWindow
  readonly now: number
}

function showStates(figures: OverviewFigures, { root, window, now }: Place): Child {
  const isLive = (state: string) => ['scheduled', 'parked', 'sending'].includes(state)
  const since = startOfWindow(window, now)
  return h(
    'section',
    null,
    h('h2', null, 'States'),
    showTable({
      caption: `Deliveries by state: those that wait now, and those that ended in ${window.words}`,
      isCaptionHidden: true,
      isNarrow: true,
      columns: [
        {
          name: 'State',
          show: (state) => {
            const filter = writeFilter(isLive(state) ? { state } : { state, since })
            return h('a', { href: `${root}deliveries?${filter}`, class: 'plain' }, showState(state))
          },
        },
        { name: 'When', show: (state) => (isLive(state) ? 'now' : window.words) },
        { name: 'Deliveries', isNumber: true, show: (state) => textOf(figures, state) },
      ],
      rows: STATES,
      empty: '',
    }),
  )
}

function showOutcomes({ attempts, deaths }: DeliveryStats): Child {
  const outcomes = Object.entries(attempts.outcomes).sort(([, a], [, b]) => b - a)
  const share = (count: number) =>
    `${Math.max(1, Math.round((100 * count) / (attempts.total || 1)))}%`
  const reasons = Object.entries(deaths).map(([reason, count]) => `${formatCount(count)} ${reason}`)
  return h(
    'section',
    null,
    h('h2', null, 'Attempts by outcome'),
    showTable({
      caption: 'Attempts by status, or by reason where there was no response',
      isCaptionHidden: true,
      isNarrow: true,
      columns: [
        {
          name: 'Outcome',
          show: ([outcome]) => h('code', { class: levelOf(outcome) }, outcome),
        },
        {
          name: 'Share',
          show: ([outcome, count]) =>
            h(
              'svg',
              {
                class: `share ${levelOf(outcome)}`,
                'aria-hidden': 'true',
                focusable: 'false',
              },
              h('rect', { width: share(count), height: '100%', rx: 2 }),
            ),
        },
        { name: 'Attempts', isNumber: true, show: ([, count]) => formatCount(count) },
      ],
      rows: outcomes,
      empty: 'No request was made.',
    }),
    reasons.length > 0 && h('p', { class: 'dim' }, `Dead: ${reasons.join(', ')}.`),
  )
}

/** A 2xx response that breaks the declaration has delivered all the same. */
function levelOf(outcome: string): string {
  return outcome === 'declaration' ? 'odd' : /^2\d\d$/.test(outcome) ? 'good' : 'bad'
}

function showHeld(held: readonly HeldEndpoint[], root: string, now: number): Child {
  return h(
    'section',
    null,
    h('h2', null, 'Endpoints held'),
    showTable({
      caption: 'Endpoints to which nothing is sent now, and for which deliveries wait',
      isCaptionHidden: true,
      columns: [
        {
          name: 'Endpoint',
          show: ({ endpoint, owner }) =>
            h('a', { href: `${root}deliveries?${writeFilter({ endpoint, owner })}` }, endpoint),
        },
        { name: 'Owner', show: ({ owner }) => owner },
        { name: 'Probed', show: ({ heldUntil }) => showAge(heldUntil, now) },
        { name: 'Parked', isNumber: true, show: ({ parked }) => formatCount(parked) },
      ],
      rows: held,
      empty: 'No endpoint is held: what is due is sent.',
    }),
  )
}

function showDead(dead: readonly DeliveryRecord[] | undefined, root: string, now: number): Child {
  return h(
    'section',
    null,
    h(
      'div',
      { class: 'head' },
      h('h2', null, 'Last that died'),
      h('a', { href: `${root}deliveries?state=dead` }, 'All dead deliveries'),
    ),
    dead === undefined
      ? h(
          'p',
          { class: 'empty' },
          'They are not available: the store, or a part of it, does not respond.',
        )
      : showTable({
          caption: 'The last deliveries that died',
          isCaptionHidden: true,
          columns: [
            {
              name: 'Delivery',
              show: ({ id, callback }) =>
                h('a', { href: `${root}deliveries/${encodeURIComponent(id)}` }, callback),
            },
            { name: 'State', show: ({ state, reason }) => showState(state, reason) },
            { name: 'Owner', show: ({ owner }) => owner },
            { name: 'Endpoint', show: ({ endpoint }) => h('code', null, endpoint ?? '–') },
            { name: 'Last failure', show: ({ detail }) => detail ?? '–' },
            { name: 'Stored', show: ({ createdAt }) => showAge(createdAt, now) },
          ],
          rows: dead,
          empty: 'Nothing has died.',
        }),
  )
}
