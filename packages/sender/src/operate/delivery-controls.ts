import type { Delivery } from '@ringback/core'
import { checkId } from '../check-id.ts'
import type { Clock } from '../clock.ts'
import { checkScope } from '../endpoints/check-scope.ts'
import { SenderError } from '../errors.ts'
import { refuseUnknown } from '../refuse-unknown.ts'
import type { DeliveryStore, OwnerScope } from '../store/delivery-store.ts'
import type { Events } from './events.ts'

/** Selects what to forget: all of an owner, everything sent from a kept exchange, or one delivery. */
export type ForgetFilter =
  | { readonly owner: string }
  | { readonly key: string; readonly owner?: string }
  | { readonly id: string; readonly owner?: string }

/** The methods of a sender for operators. */
export interface DeliveryControls {
  /**
   * Cancels a delivery that is not final. One that is being sent is still `delivered` if the receiver accepts it.
   * With an `orderKey` the next delivery follows. With an owner, a delivery of another is unknown.
   *
   * @throws {SenderError} with `unknown`, `state`, or `option` for an owner that is `undefined`
   */
  cancel(id: string, scope?: OwnerScope): Promise<Delivery>
  /**
   * Sends again: a dead delivery with the same `webhook-id` and a new schedule, a delivered one as a new delivery.
   * A scheduled delivery is due at once; for a parked one, its endpoint is probed. With an owner, a delivery of another
   * is unknown.
   *
   * @throws {SenderError} with `unknown`, `state`, or `option` for an owner that is `undefined`
   */
  redrive(id: string, scope?: OwnerScope): Promise<Delivery>
  /**
   * Erases kept exchanges, of every operation, and final deliveries with payloads and attempts. Deliveries still to be
   * sent stay: cancel them first. A key belongs to an owner, `default` unless given. Resolves to the number of
   * deliveries and exchanges erased.
   *
   * @throws {SenderError} with `option`
   */
  forget(which: ForgetFilter): Promise<number>
}

/** The dependencies of the controls. */
export interface DeliveryControlsOptions {
  readonly store: DeliveryStore
  readonly events: Events
  readonly clock: Clock
  readonly createId: (now: number) => string
  /** Called before the event of a delivery that was cancelled or is sent again: something may be due. */
  readonly wake: (delivery: Delivery) => void
}

/** Makes the methods of a sender for operators. */
export function createDeliveryControls(options: DeliveryControlsOptions): DeliveryControls {
  const { store, events, clock, createId, wake } = options
  const report = (delivery: Delivery) => {
    wake(delivery)
    events.emit({ delivery })
    return delivery
  }

  return {
    async cancel(id, scope) {
      checkId(id, 'cancel')
      const delivery = await store.cancel(id, checkScope(scope, 'cancel'))
      if (delivery === undefined) throw unknown(id)
      if (delivery.state !== 'cancelled') throw wrongState(delivery, 'cancelled')
      return report(delivery)
    },

    async redrive(id, scope) {
      checkId(id, 'redrive')
      const { owner } = checkScope(scope, 'redrive') ?? {}
      const found = await store.find(id)
      if (found === undefined || (owner ?? found.owner) !== found.owner) throw unknown(id)
      if (found.state !== 'delivered') {
        const delivery = await store.redrive(id, scope)
        if (delivery === undefined) throw unknown(id)
        if (delivery.state === 'sending') return delivery
        if (delivery.state !== 'scheduled') throw wrongState(delivery, 'sent again')
        return report(delivery)
      }
      const now = clock.now()
      // the dedupeKey belongs to the first delivery, whose expiry may have passed
      const { detail: _detail, dedupeKey: _key, expiresAt: _expiry, settings, ...rest } = found
      const { delay: _delay, ...kept } = settings ?? {} // it is due at once
      const again = {
        ...rest,
        ...(settings && { settings: kept }),
        id: createId(now),
        redriveOf: id,
        state: 'scheduled',
      } as const
      const fresh = { ...again, attemptCount: 0, refusals: 0, createdAt: now, dueAt: now }
      const { delivery } = await store.enqueue(fresh)
      return report(delivery)
    },

    forget: (which) => forget(store, which),
  }
}

async function forget(store: DeliveryStore, which: ForgetFilter): Promise<number> {
  refuseUnknown('forget', which, ['owner', 'key', 'id'])
  const given = Object.entries(which)
  const wrong = given.find(([, value]) => typeof value !== 'string')
  if (given.length === 0 || wrong) {
    const sentence = `forget needs the ${wrong?.[0] ?? 'owner, key or id'} as text: without it, everything would be erased`
    throw new SenderError('option', sentence)
  }
  const { key, owner, id } = { key: undefined, owner: undefined, id: undefined, ...which }
  const whose = key === undefined ? owner : (owner ?? 'default')
  const ofOwner = whose !== undefined && { owner: whose }
  const exchanges = { ...ofOwner, ...(key !== undefined && { key }) }
  const deliveries = {
    ...ofOwner,
    ...(key !== undefined && { exchangeKey: key }),
    ...(id !== undefined && { id }),
  }
  // an id is of a delivery alone
  const erased = id === undefined ? await repeat(() => store.eraseExchanges(exchanges)) : 0
  return erased + (await repeat(() => store.erase(deliveries)))
}

/** Erases batch after batch until none is left, and resolves to the sum. */
async function repeat(eraseBatch: () => Promise<number>): Promise<number> {
  for (let total = 0; ; ) {
    const erased = await eraseBatch()
    total += erased
    if (erased === 0) return total
  }
}

function unknown(id: string): SenderError {
  return new SenderError(
    'unknown',
    `there is no delivery '${id}': it never existed, or has been erased`,
  )
}

function wrongState({ id, state }: Delivery, change: string): SenderError {
  return new SenderError('state', `the delivery '${id}' is ${state}, and cannot be ${change}`)
}
