const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long the counts of a span are one, and until what age: then they are added to a longer span, or dropped. */
export interface Level {
  /** Milliseconds of a span. */
  readonly length: number
  readonly keptFor: number
}

/** Minutes for three hours, hours for three days, days for thirty and the one that has begun. */
export const LEVELS: readonly [Level, Level, Level] = [
  { length: MINUTE, keptFor: 3 * HOUR },
  { length: HOUR, keptFor: 3 * DAY },
  { length: DAY, keptFor: 31 * DAY },
]

/** Counts of one level that are due to be added to the next, which is absent for the last: they are dropped. */
export interface RollUp {
  readonly length: number
  /** Those that begin before this time: a whole number of longer spans. */
  readonly before: number
  readonly to?: number
}

/** Gives what is to be rolled up at a time, the shortest first. */
export function rollUpsAt(now: number): readonly RollUp[] {
  return LEVELS.map(({ length, keptFor }, index) => {
    const next = LEVELS[index + 1]
    const before = startOf(now - keptFor, next?.length ?? length)
    return next ? { length, before, to: next.length } : { length, before }
  })
}

/** Gives the start of the span of a length that a time is in. */
export function startOf(time: number, length: number): number {
  return Math.floor(time / length) * length
}
