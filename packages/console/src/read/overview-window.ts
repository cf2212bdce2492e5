/** A time that the first page shows, in bins. */
export interface OverviewWindow {
  readonly name: 'hour' | 'day' | 'month'
  readonly title: string
  /** Its name in a sentence. */
  readonly words: string
  readonly every: 'minute' | 'hour' | 'day'
  /** Milliseconds of a bin, and how many there are. */
  readonly length: number
  readonly bins: number
}

/** The windows that the first page has. */
export const WINDOWS: readonly [OverviewWindow, OverviewWindow, OverviewWindow] = [
  {
    name: 'hour',
    title: 'Hour',
    words: 'the last hour',
    every: 'minute',
    length: 60_000,
    bins: 60,
  },
  {
    name: 'day',
    title: '24 hours',
    words: 'the last 24 hours',
    every: 'hour',
    length: 3_600_000,
    bins: 24,
  },
  {
    name: 'month',
    title: '30 days',
    words: 'the last 30 days',
    every: 'day',
    length: 86_400_000,
    bins: 30,
  },
]

/** Gives the window of a name; the first for any other. */
export function windowOf(name: string | undefined): OverviewWindow {
  return WINDOWS.find((window) => window.name === name) ?? WINDOWS[0]
}

/** Gives the start of the first bin of a window; the last bin has begun. */
export function startOfWindow({ length, bins }: OverviewWindow, now: number): number {
  return Math.floor(now / length) * length - (bins - 1) * length
}
