import type { DeliveryRecord, DeliveryStats, HeldEndpoint } from '@ringback/sender'
import { type Child, jsx as h } from 'hono/jsx'
import { showAge, showState } from '../parts/elements.ts'
import { formatCount } from '../parts/format.ts'
import { showTable } from '../parts/table.ts'
import type { OverviewFigures } from '../read/overview-figures.ts'
import { type OverviewWindow, startOfWindow } from '../read/overview-window.ts'
import { STATES, writeFilter } from '../read/read-filter.ts'
import { targetOf } from './deliveries.ts'
import type { PagePlace } from './delivery-facts.ts'
import { textOf } from './overview-plots.ts'

/** What the tables of the first page are for. */
export interface Place {
  readonly root: string
  readonly window: OverviewWindow
  readonly now: number
}

/** Shows how many deliveries are in each state. */
export function showStates(figures: OverviewFigures, { root, window, now }: Place): Child {
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

/** Shows how attempts ended. */
export function showOutcomes({ attempts, deaths }: DeliveryStats): Child {
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

/** Shows the endpoints that are held. */
export function showHeld(held: readonly HeldEndpoint[], root: string, now: number): Child {
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

/** Shows the deliveries that died last. */
export function showDead(
  dead: readonly DeliveryRecord[] | undefined,
  { access, root, now }: PagePlace,
): Child {
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
            { name: 'To', show: (delivery) => h('code', null, targetOf(delivery, access)) },
            { name: 'Last failure', show: ({ detail }) => detail ?? '–' },
            { name: 'Stored', show: ({ createdAt }) => showAge(createdAt, now) },
          ],
          rows: dead,
          empty: 'Nothing has died.',
        }),
  )
}
