import type { SenderHealth } from '@ringback/sender'
import { type Child, jsx as h } from 'hono/jsx'
import { showPlot } from '../parts/plot.ts'
import type { OverviewFigures, TextName } from '../read/overview-figures.ts'
import type { OverviewWindow } from '../read/overview-window.ts'

/** One of the figures, which the script keeps live. */
export const textOf = ({ texts }: OverviewFigures, name: TextName): Child =>
  h('span', { 'data-text': name }, texts[name])

/** Shows rates and latency as cards and plots. */
export function showFigures(figures: OverviewFigures, window: OverviewWindow): readonly Child[] {
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

/** Says that there are no figures. */
export function showNoFigures(): Child {
  const text =
    'The figures are not available: the store, or a part of it, does not respond or does not count. The error is in the log of this process.'
  return h('p', { class: 'summary', role: 'alert', 'data-level': 'bad' }, text)
}

/** Shows whether this process sends, and its store responds. */
export function showHealth({ isStarted, isStoreUp, isGuarded }: SenderHealth): Child {
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
