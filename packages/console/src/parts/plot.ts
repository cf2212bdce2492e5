import { type Child, jsx as h } from 'hono/jsx'
import type { PathName } from '../read/overview-figures.ts'
import { PLOT } from './draw.ts'

/** A plot: its name, its lines or bars, and sentences that say the same. */
export interface PlotOptions {
  readonly title: string
  /** The highest value, which changes. */
  readonly most: Child
  readonly start: string
  readonly lines: readonly {
    readonly name: PathName
    readonly label: string
    readonly path: string
    readonly isBar?: boolean
  }[]
  /** What the plot shows, in words. */
  readonly text: Child
}

/** A small plot over time. */
export function showPlot({ title, most, start, lines, text }: PlotOptions): Child {
  const svg = h(
    'svg',
    {
      viewBox: `0 0 ${PLOT.width} ${PLOT.height}`,
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
      focusable: 'false',
    },
    ...[1, PLOT.height / 2, PLOT.height - 1].map((y) =>
      h('path', { class: 'grid', d: `M0 ${y}H${PLOT.width}` }),
    ),
    ...lines.map(({ name, path, isBar = false }) =>
      h('path', { class: `${isBar ? 'bar' : 'line'} of-${name}`, 'data-path': name, d: path }),
    ),
  )
  return h(
    'figure',
    { class: 'plot' },
    h(
      'figcaption',
      null,
      h('h2', null, title),
      h(
        'p',
        { class: 'legend' },
        ...lines.map(({ name, label }) => h('span', { class: `key of-${name}` }, label)),
      ),
    ),
    h('div', { class: 'drawing' }, h('span', { class: 'most' }, most), svg),
    h(
      'p',
      { class: 'axis', 'aria-hidden': 'true' },
      h('span', null, start),
      h('span', null, 'now'),
    ),
    h('p', { class: 'hidden' }, text),
  )
}
