import type { DeliveryStats, SenderHealth, StatsSpan } from '@ringback/sender'
import { drawBars, drawSteps } from '../parts/draw.ts'
import { formatCount, formatDuration, formatShare } from '../parts/format.ts'
import { type OverviewWindow, startOfWindow } from './overview-window.ts'

/** What the first page shows, and the script brings up to date: texts and the paths of plots, by name. */
export interface OverviewFigures {
  readonly texts: Readonly<Record<TextName, string>>
  readonly paths: Readonly<Record<PathName, string>>
}

/** The texts that change. */
export type TextName =
  | 'summary'
  | 'level'
  | 'successRate'
  | 'ended'
  | 'delivered'
  | 'dead'
  | 'cancelled'
  | 'unresolvable'
  | 'scheduled'
  | 'parked'
  | 'sending'
  | 'waiting'
  | 'oldestDue'
  | 'attempts'
  | 'failedAttempts'
  | 'p50'
  | 'p95'
  | 'p99'
  | 'mostEnded'
  | 'mostLatency'

/** The paths that change. */
export type PathName = 'delivered' | 'dead' | 'rate' | 'p50' | 'p95'

/** What the figures are made of. */
export interface Observed {
  readonly stats: DeliveryStats
  readonly health: SenderHealth
  readonly window: OverviewWindow
  readonly now: number
}

/** Makes the figures of the first page. */
export function describeOverview({ stats, health, window, now }: Observed): OverviewFigures {
  const { states, attempts, latency, oldestDue, successRate } = stats
  const bins = fillBins(stats.spans ?? [], window, now)
  const delivered = bins.map((bin) => bin?.states.delivered ?? 0)
  const ended = bins.map((bin, index) => (bin?.states.dead ?? 0) + (delivered[index] ?? 0))
  const mostEnded = Math.max(...ended, 0)
  const p50 = bins.map((bin) => bin?.latency?.p50)
  const p95 = bins.map((bin) => bin?.latency?.p95)
  const mostLatency = Math.max(...p95.map((one) => one ?? 0), 0)
  const problems = findProblems(stats, health, window)
  return {
    texts: {
      summary: summarize(problems, window),
      level: problems.length > 0 ? 'bad' : 'well',
      successRate: formatShare(successRate),
      ended: formatCount(states.delivered + states.dead),
      delivered: formatCount(states.delivered),
      dead: formatCount(states.dead),
      cancelled: formatCount(states.cancelled),
      unresolvable: formatCount(states.unresolvable),
      scheduled: formatCount(states.scheduled),
      parked: formatCount(states.parked),
      sending: formatCount(states.sending),
      waiting: formatCount(states.scheduled + states.parked + states.sending),
      oldestDue:
        oldestDue === undefined ? 'nothing is due' : `due for ${formatDuration(oldestDue)}`,
      attempts: formatCount(attempts.total),
      failedAttempts: formatCount(attempts.failed),
      p50: formatDuration(latency?.p50),
      p95: formatDuration(latency?.p95),
      p99: formatDuration(latency?.p99),
      mostEnded: formatCount(mostEnded),
      mostLatency: formatDuration(mostLatency === 0 ? undefined : mostLatency),
    },
    paths: {
      delivered: drawBars(delivered, { most: mostEnded }),
      dead: drawBars(ended, { most: mostEnded, from: delivered }),
      rate: drawSteps(
        bins.map((bin) => bin?.successRate),
        { most: 1 },
      ),
      p50: drawSteps(p50, { most: mostLatency, isLogarithmic: true }),
      p95: drawSteps(p95, { most: mostLatency, isLogarithmic: true }),
    },
  }
}

function findProblems(
  { states: { dead }, held = [] }: DeliveryStats,
  { isStoreUp, isGuarded }: SenderHealth,
  { words }: OverviewWindow,
): readonly string[] {
  const count = (many: number, one: string, more: string) =>
    many === 0 ? [] : [many === 1 ? one : `${formatCount(many)} ${more}`]
  return [
    ...(isStoreUp ? [] : ['the store does not respond']),
    ...(isGuarded ? [] : ['the transport does not guard its connections']),
    ...count(held.length, 'one endpoint is held', 'endpoints are held'),
    ...count(dead, 'one delivery has died', 'deliveries have died').map(
      (one) => `${one} in ${words}`,
    ),
  ]
}

function summarize(problems: readonly string[], { words }: OverviewWindow): string {
  if (problems.length === 0)
    return `All is well: no endpoint is held, and nothing has died in ${words}.`
  const text = `${problems.join('; ')}.`
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Gives the span of each bin of a window, the oldest first; `undefined` where nothing has happened. */
function fillBins(
  spans: readonly StatsSpan[],
  window: OverviewWindow,
  now: number,
): readonly (StatsSpan | undefined)[] {
  const start = startOfWindow(window, now)
  const bins: (StatsSpan | undefined)[] = Array.from({ length: window.bins })
  for (const span of spans) {
    const index = Math.floor((span.since - start) / window.length)
    if (index >= 0 && index < window.bins) bins[index] = span
  }
  return bins
}
