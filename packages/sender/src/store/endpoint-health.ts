/** What one request says of its receiver. */
export interface ReceiverReport {
  /** `failing`: no response, 429 or 5xx; `unrelated`: a failure on our side, which says nothing of the receiver. */
  readonly verdict: 'well' | 'failing' | 'unrelated'
  /** Milliseconds for which the receiver asked for no further request. */
  readonly pause?: number
}

/** The health of an endpoint: until when it is held, and the failures that led there. Plain data, to be stored. */
export interface EndpointHealth {
  /** Nothing is sent before this time. It stays until a probe has ended: the first delivery after a hold is one. */
  readonly heldUntil?: number
  /** Until when the endpoint is sent to slowly. */
  readonly pacedUntil?: number
  /** Milliseconds of the next hold. */
  readonly coolDown?: number
  /** Requests and failures by minute, from the first failure on; at most five minutes. */
  readonly minutes?: readonly MinuteCount[]
}

/** The requests of one minute. */
export interface MinuteCount {
  readonly minute: number
  readonly requests: number
  readonly failures: number
}

/** When the request was reported, and whether its delivery was a probe. */
export interface JudgeOptions {
  readonly isProbe: boolean
  readonly now: number
}

const MINUTE = 60_000
const WINDOW_MINUTES = 5
const LEAST_REQUESTS = 10
const FAILING_SHARE = 0.7
const FIRST_COOL_DOWN = MINUTE
const LONGEST_COOL_DOWN = 60 * MINUTE
const LONGEST_PAUSE = 24 * 60 * MINUTE
const RECOVERY = MINUTE
const FORGOTTEN_AFTER = 2 * LONGEST_COOL_DOWN

/** Until when an endpoint is held that is disabled: the latest time that a Date can hold. */
export const HELD_FOREVER: number = 8.64e15

/** An endpoint of which nothing is known. */
export const WELL: EndpointHealth = {}

/**
 * The circuit breaker of every store. When at least 70 % of at least 10 requests to an endpoint fail within five
 * minutes, counted from its first failure, it is held for a minute. Then one delivery is sent as a probe: if it fails,
 * the endpoint is held twice as long, up to an hour; otherwise it is sent to slowly for a minute. A pause that the
 * receiver asks for holds it for as long, up to 24 h. Gives the same object when nothing has changed.
 */
export function judgeEndpoint(
  health: EndpointHealth,
  { verdict, pause = 0 }: ReceiverReport,
  { isProbe, now }: JudgeOptions,
): EndpointHealth {
  // whoever has disabled it enables it
  if (health.heldUntil === HELD_FOREVER) return health
  if (verdict === 'unrelated') return isProbe ? { ...health, heldUntil: now } : health
  if (pause > 0) return hold(health, now + Math.min(pause, LONGEST_PAUSE))
  if (isProbe && verdict === 'well') return { pacedUntil: now + RECOVERY }
  const coolDown = coolDownOf(health, now)
  if (isProbe) {
    const longer = Math.min(coolDown * 2, LONGEST_COOL_DOWN)
    return { ...hold(health, now + longer), coolDown: longer }
  }
  const minutes = recentMinutes(health, now)
  // an endpoint that is well costs no write
  if (verdict === 'well' && minutes.length === 0) {
    return health.minutes === undefined ? health : withoutMinutes(health)
  }
  const counted = count(minutes, verdict === 'failing', now)
  if (!isFailing(counted)) return { ...health, minutes: counted }
  return { ...hold(withoutMinutes(health), now + coolDown), coolDown }
}

/** Tells whether nothing is sent to an endpoint now. */
export function isHeld({ heldUntil }: EndpointHealth, now: number): boolean {
  return heldUntil !== undefined && heldUntil > now
}

/** Gives the health of an endpoint that is no longer held: the next delivery finds out whether it responds. */
export function release(health: EndpointHealth, now: number): EndpointHealth {
  return { ...health, heldUntil: now }
}

/** Tells whether an endpoint may be forgotten, since its past no longer decides anything: it is as good as `WELL`. */
export function isForgettable(health: EndpointHealth, now: number): boolean {
  const { heldUntil, pacedUntil = 0 } = health
  const isHoldOver = heldUntil === undefined || now - heldUntil > FORGOTTEN_AFTER
  return isHoldOver && pacedUntil <= now && recentMinutes(health, now).length === 0
}

/** Holds an endpoint, which is paced no longer. */
function hold({ pacedUntil: _, ...health }: EndpointHealth, until: number): EndpointHealth {
  return { ...health, heldUntil: until }
}

function withoutMinutes({ minutes: _, ...health }: EndpointHealth): EndpointHealth {
  return health
}

function coolDownOf({ coolDown = FIRST_COOL_DOWN, heldUntil = 0 }: EndpointHealth, now: number) {
  return now - heldUntil > FORGOTTEN_AFTER ? FIRST_COOL_DOWN : coolDown
}

function recentMinutes({ minutes = [] }: EndpointHealth, now: number): readonly MinuteCount[] {
  const oldest = Math.floor(now / MINUTE) - WINDOW_MINUTES
  return minutes.filter(({ minute }) => minute > oldest)
}

function count(minutes: readonly MinuteCount[], isFailure: boolean, now: number): MinuteCount[] {
  const minute = Math.floor(now / MINUTE)
  const last = minutes.at(-1)
  const current = last?.minute === minute ? last : { minute, requests: 0, failures: 0 }
  const before = current === last ? minutes.slice(0, -1) : minutes
  const failures = current.failures + (isFailure ? 1 : 0)
  return [...before, { minute, requests: current.requests + 1, failures }]
}

function isFailing(minutes: readonly MinuteCount[]): boolean {
  const sum = (member: 'requests' | 'failures') =>
    minutes.reduce((total, minute) => total + minute[member], 0)
  const requests = sum('requests')
  return requests >= LEAST_REQUESTS && sum('failures') / requests >= FAILING_SHARE
}
