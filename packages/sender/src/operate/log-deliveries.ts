import type { DeadReason, Delivery } from '@ringback/core'
import { endpointKeyOf } from '../store/delivery-keys.ts'
import type { DisabledReason } from '../store/stored-endpoint.ts'
import { hostOf } from '../transport/egress/host-name.ts'
import { isLoopback } from '../transport/egress/loopback.ts'
import type { DeliveryEvent, DeliveryListener } from './events.ts'
import { createLineLimit, type LineLimitOptions } from './line-limit.ts'
import type { Log } from './log.ts'

/** A cause and its remedy, in words that name no address. */
const DEATHS: Readonly<Record<DeadReason, string>> = {
  blocked:
    'the egress policy refuses its URL or the address of its host: allow it in the policy of guardedFetch() if it is yours',
  gone: 'the receiver responded 410 and wants no more callbacks: nothing is to be done',
  rejected:
    'the receiver responded with a status that the callback declares as final: read its response in sender.deliveries()',
  exhausted:
    'every attempt failed: read the attempts in sender.deliveries(), and redrive it once the receiver has recovered',
  expired: 'its expiresAt came first: send it again, or redrive it without an expiry',
  internal:
    'it could not be signed or made, or its processes were lost: check secrets and crashes, and redrive it',
}

const BLOCKED_LOOPBACK =
  'its URL leads to this machine, which the egress policy refuses: to try it with a receiver on the same machine, pass fetch: guardedFetch({ policy: { allowLoopback: true } }) to createSender'

const DISABLED: Readonly<Record<DisabledReason, string>> = {
  gone: 'its receiver responded 410',
  failing: 'no attempt has succeeded for five days',
  application: 'the application has disabled it',
}

const MANY = 1000
// a receiver that is down parks each callback that is sent meanwhile, and they all have the same cause
const MOST_PARKED = 10

/** Logs deliveries. */
export interface DeliveryLog {
  readonly listener: DeliveryListener
  /** Says that the endpoint of a delivery is no longer held. */
  release(delivery: Delivery): void
}

/** The dependencies of the lines. */
export interface DeliveryLogOptions extends Pick<LineLimitOptions, 'after'> {
  readonly log: Log
  readonly now: () => number
}

/**
 * Logs each delivery that is dead, unresolvable or has led to a hold, with the remedy, and some a minute of those that
 * are parked.
 */
export function createDeliveryLog({ log, now, after }: DeliveryLogOptions): DeliveryLog {
  const parked = createLineLimit({
    most: MOST_PARKED,
    after,
    onMore: (count) =>
      log.warn(
        `ringback: … and ${count} more deliveries were parked within the last minute: list them by sender.deliveries({ state: 'parked' })`,
      ),
  })
  const report = (delivery: Delivery, sentence: string) => {
    const { id, callback, url = '', detail = 'no detail' } = delivery
    const subject = `ringback: the delivery ${id} of the callback '${callback}'`
    log.warn(`${subject} ${sentence}`)
    // the origin alone: callback URLs carry tokens
    const origin = URL.canParse(url) ? new URL(url).origin : 'no URL'
    log.debug(`${subject}, to ${origin}: ${detail}`)
  }

  // the endpoints that are held now, as far as this process has heard of it
  const holds = new Map<string, number>()
  const holdOf = ({ owner, endpoint }: Delivery) =>
    endpoint === undefined ? undefined : holds.get(endpointKeyOf(owner, endpoint))
  const remember = ({ owner, endpoint }: Delivery, until: number) => {
    if (endpoint === undefined) return
    const key = endpointKeyOf(owner, endpoint)
    holds.delete(key) // the latest is the last
    for (const oldest of holds.keys()) {
      if (holds.size < MANY) break
      holds.delete(oldest)
    }
    holds.set(key, until)
  }

  const listener = ({ names, delivery, attempt, heldUntil, disabled }: DeliveryEvent) => {
    const last = attempt && `, last with ${attempt.status ?? attempt.reason}`
    if (delivery.state === 'dead') {
      const reason = delivery.reason ?? 'internal'
      const isOurs = reason === 'blocked' && leadsToThisMachine(delivery.url)
      const why = isOurs ? BLOCKED_LOOPBACK : DEATHS[reason]
      report(delivery, `is dead (${reason}${last ?? ''}): ${why}`)
    }
    if (delivery.state === 'unresolvable') {
      report(
        delivery,
        `has no usable URL: its request gave none that is http or https, so that nothing is sent: check the callback's key, and what the request brings`,
      )
    }
    if (disabled) {
      log.warn(
        `ringback: the endpoint ${delivery.endpoint} is disabled (${disabled}), since ${DISABLED[disabled]}: its deliveries are parked until sender.endpoints.enable(id), and sender.replay sends what it misses`,
      )
    }
    if (names.includes('endpoint.recovered')) {
      log.info(`ringback: the endpoint ${delivery.endpoint} has recovered`)
    }
    if (heldUntil !== undefined) remember(delivery, heldUntil)
    if (heldUntil !== undefined && heldUntil > now()) {
      const until = new Date(heldUntil).toISOString()
      report(
        delivery,
        `has led to a hold of its endpoint until ${until}${last ?? ''}, and the others of this endpoint are parked: wait, or redrive one to probe the receiver now`,
      )
      return
    }
    const until = holdOf(delivery)
    const isHeld = delivery.state === 'scheduled' && until !== undefined && until > now()
    if ((delivery.state === 'parked' || isHeld) && parked.allows()) {
      const end = until === undefined ? '' : ` until ${new Date(until).toISOString()}`
      report(
        delivery,
        `is parked, since its endpoint is held${end}: wait, or redrive it to probe the receiver now`,
      )
    }
  }

  return {
    listener,
    release({ owner, endpoint }) {
      if (endpoint !== undefined) holds.delete(endpointKeyOf(owner, endpoint))
    },
  }
}

function leadsToThisMachine(url = ''): boolean {
  return URL.canParse(url) && isLoopback(hostOf(new URL(url)))
}
