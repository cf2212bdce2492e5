import type { Delivery } from '@ringback/core'
import type { Clock } from '../clock.ts'
import { SenderError } from '../errors.ts'
import type { DeliveryStore } from '../store/delivery-store.ts'
import type { Events } from './events.ts'

/** What is forgotten: all of an owner, what hangs on a kept exchange, or one delivery. */
export type ForgetFilter =
  | { readonly owner: string }
  | { readonly key: string; readonly owner?: string }
  | { readonly id: string }

/** What an operator does with deliveries. */
export interface DeliveryControls {
  /**
   * Ends a delivery that is not final. One that is being sent is still `delivered` when the receiver takes it.
   * With an `orderKey` the next one follows.
   */
  cancel(id: string): Promise<Delivery>
  /**
   * Sends again: a dead delivery with the same `webhook-id` and a new schedule, a delivered one as a new delivery.
   * One that waits is due at once; of one that is parked, its endpoint is probed.
   */
  redrive(id: string): Promise<Delivery>
  /**
   * Erases kept exchanges, of every operation, and final deliveries with payloads and attempts. Those still to be
   * sent stay: cancel them first. A key is that of an owner, `default` unless it is said. Gives how many deliveries
   * and exchanges.
   */
  forget(which: ForgetFilter): Promise<number>
}

/** What an operator works with. */
export interface DeliveryControlsOptions {
  readonly store: DeliveryStore
  readonly events: Events
  readonly clock: Clock
  readonly createId: (now: number) => string
  /** Something may be due. */
  readonly wake: () => void
}

const BATCH = 1000

/** Makes the operator's part of a sender. */
export function createDeliveryControls({
  store,
  events,
  clock,
  createId,
  wake,
}: DeliveryControlsOptions): DeliveryControls {
  const changed = (delivery: Delivery) => {
    events.emit({ delivery })
    wake()
    return delivery
  }

  return {
    async cancel(id) {
      const delivery = await store.cancel(id)
      if (delivery === undefined) throw unknown(id)
      if (delivery.state !== 'cancelled') throw wrongState(delivery, 'cancelled')
      return changed(delivery)
    },

    async redrive(id) {
      const found = await store.find(id)
      if (found === undefined) throw unknown(id)
      if (found.state !== 'delivered') {
        const delivery = await store.redrive(id)
        if (delivery === undefined) throw unknown(id)
        if (delivery.state === 'sending') return delivery // it is being sent already
        if (delivery.state !== 'scheduled') throw wrongState(delivery, 'sent again')
        return changed(delivery)
      }
      const now = clock.now()
      // the key stands for the first one, whose time may be over
      const { detail: _detail, dedupeKey: _key, expiresAt: _expiry, ...rest } = found
      const again = { ...rest, id: createId(now), redriveOf: id, state: 'scheduled' } as const
      await store.enqueue({ ...again, attemptCount: 0, refusals: 0, createdAt: now, dueAt: now })
      const [delivery] = await store.query({ id: again.id })
      if (delivery === undefined) throw unknown(again.id)
      const { attempts: _log, ...record } = delivery
      return changed(record)
    },

    async forget(which) {
      const given = Object.entries(which)
      const wrong = given.find(([, value]) => typeof value !== 'string')
      if (given.length === 0 || wrong) {
        const sentence = `forget needs the ${wrong?.[0] ?? 'owner, key or id'} as text: without it, everything would be erased`
        throw new SenderError('option', sentence)
      }
      const { key, owner, id } = { key: undefined, owner: undefined, id: undefined, ...which }
      const whose = key === undefined ? owner : (owner ?? 'default')
      const ofOwner = whose !== undefined && { owner: whose }
      const ofKey = key !== undefined && { exchangeKey: key }
      const isOne = id !== undefined
      const exchanges = { ...ofOwner, ...(ofKey && { key }), limit: BATCH }
      let total = 0
      for (let erased = isOne ? 0 : BATCH; erased === BATCH; total += erased) {
        erased = await store.eraseExchanges(exchanges)
      }
      for (;;) {
        const erased = await store.erase({
          ...ofOwner,
          ...ofKey,
          ...(isOne && { id }),
          limit: BATCH,
        })
        total += erased
        if (erased < BATCH) return total
      }
    },
  }
}

function unknown(id: string): SenderError {
  return new SenderError('unknown', `there is no delivery '${id}', or no longer`)
}

function wrongState({ id, state }: Delivery, what: string): SenderError {
  return new SenderError('state', `the delivery '${id}' is ${state}, and cannot be ${what}`)
}
