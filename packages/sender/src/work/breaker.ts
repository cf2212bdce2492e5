import type { Clock } from '../clock.ts'
import { endpointKeyOf } from '../store/delivery-keys.ts'
import type { ClaimedDelivery, EndpointChange } from '../store/delivery-store.ts'
import type { AttemptOutcome } from './outcome.ts'

/** Decides from the outcomes of requests when an endpoint is held. */
export interface Breaker {
  /** Gives the change of a delivery's endpoint; `undefined` without one. */
  judge(delivery: ClaimedDelivery, outcome: AttemptOutcome): EndpointChange | undefined
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
const MANY_ENDPOINTS = 1000

interface Health {
  /** One entry a minute. */
  readonly minutes: { readonly minute: number; requests: number; failures: number }[]
  coolDown: number
  seenAt: number
}

/**
 * Makes a breaker: when at least 70 % of at least 10 requests to an endpoint fail within five minutes, it is held for
 * a minute. Then one delivery is sent as a probe: if it fails, the endpoint is held twice as long, up to an hour;
 * otherwise it is sent to slowly for a minute. `Retry-After` with a 429 or 503 holds it for as long as it says.
 */
export function createBreaker(clock: Pick<Clock, 'now'>): Breaker {
  const known = new Map<string, Health>()

  const healthOf = (key: string, now: number): Health => {
    if (known.size > MANY_ENDPOINTS) forgetIdle(known, now)
    const health = known.get(key) ?? { minutes: [], coolDown: FIRST_COOL_DOWN, seenAt: now }
    health.seenAt = now
    known.set(key, health)
    return health
  }

  return {
    judge({ owner, endpoint, isProbe }, outcome) {
      if (endpoint === undefined) return undefined
      const now = clock.now()
      const verdict = judgeReceiver(outcome)
      if (verdict === 'unrelated') return isProbe ? { heldUntil: now } : undefined

      const key = endpointKeyOf(owner, endpoint)
      const health = healthOf(key, now)
      const pause = pauseOf(outcome)
      if (pause > 0) return { heldUntil: now + Math.min(pause, LONGEST_PAUSE) }
      if (isProbe && verdict === 'well') {
        known.delete(key)
        return { pacedUntil: now + RECOVERY }
      }
      if (isProbe) {
        health.coolDown = Math.min(health.coolDown * 2, LONGEST_COOL_DOWN)
        return { heldUntil: now + health.coolDown }
      }
      count(health, verdict === 'failing', now)
      if (!isFailing(health)) return undefined
      health.minutes.length = 0
      return { heldUntil: now + health.coolDown }
    },
  }
}

/** A receiver fails when it does not respond, or responds 429 or 5xx. A failure on our side says nothing of it. */
function judgeReceiver(outcome: AttemptOutcome): 'well' | 'failing' | 'unrelated' {
  if (outcome.kind === 'responded') {
    return outcome.status === 429 || outcome.status >= 500 ? 'failing' : 'well'
  }
  const isTheirs = ['timeout', 'network', 'tls'].includes(outcome.why)
  return isTheirs ? 'failing' : 'unrelated'
}

function pauseOf(outcome: AttemptOutcome): number {
  if (outcome.kind === 'failed' || (outcome.status !== 429 && outcome.status !== 503)) return 0
  return outcome.retryAfter ?? 0
}

function count({ minutes }: Health, isFailure: boolean, now: number): void {
  const minute = Math.floor(now / MINUTE)
  const isOver = (index: number) => (minutes[index]?.minute ?? minute) <= minute - WINDOW_MINUTES
  while (minutes.length > 0 && isOver(0)) minutes.shift()
  let current = minutes.at(-1)
  if (current?.minute !== minute) {
    current = { minute, requests: 0, failures: 0 }
    minutes.push(current)
  }
  current.requests += 1
  if (isFailure) current.failures += 1
}

function isFailing({ minutes }: Health): boolean {
  const sum = (member: 'requests' | 'failures') =>
    minutes.reduce((total, minute) => total + minute[member], 0)
  const requests = sum('requests')
  return requests >= LEAST_REQUESTS && sum('failures') / requests >= FAILING_SHARE
}

function forgetIdle(known: Map<string, Health>, now: number): void {
  for (const [key, { seenAt }] of known) if (now - seenAt > FORGOTTEN_AFTER) known.delete(key)
}
