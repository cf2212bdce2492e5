const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** The delay in milliseconds before each attempt of a one-shot callback; after the last it is dead. */
export const ONE_SHOT_SCHEDULE: readonly number[] = [
  0,
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
]

/** The delay in milliseconds before each attempt of a webhook; after the last it is dead. */
export const SUBSCRIPTION_SCHEDULE: readonly number[] = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
]

/** The least delay in milliseconds after overload, unless the application gives a schedule of its own. */
export const OVERLOAD_WAIT: number = MINUTE

const LONGEST_RETRY_AFTER = 24 * HOUR

/** The time to send again, as far as a response tells. */
export interface Pressure {
  /** Its `Retry-After`, in milliseconds. */
  readonly retryAfter?: number
  /** The receiver is overloaded: 429, 502, 504, or no response in time. */
  readonly overloaded: boolean
  /** The least delay in milliseconds after overload. */
  readonly overloadWait?: number
}

/**
 * Gives the delay in milliseconds before the next attempt, or `undefined` after the last one.
 * Up to a fifth is added at random, so that many deliveries to one receiver do not return together.
 */
export function backoff(
  attempts: number,
  schedule: readonly number[],
  {
    retryAfter = 0,
    overloaded,
    overloadWait = 0,
    random,
  }: Pressure & { readonly random: () => number },
): number | undefined {
  const planned = schedule[attempts]
  if (planned === undefined) return undefined
  const delay = planned * (1 + random() * 0.2)
  const least = overloaded ? overloadWait : 0
  return Math.round(Math.max(delay, least, Math.min(retryAfter, LONGEST_RETRY_AFTER)))
}
