import type { Delivery } from '@ringback/core'
import type { DeliveryFilter, DeliveryStore } from '../store/delivery-store.ts'
import type { Log } from './log.ts'

/** Warns once when deliveries wait, since nothing sends them. */
export interface WaitingWarning {
  /** Says that a delivery was stored to be sent. */
  stored(delivery: Delivery): void
  /** Says that some of the deliveries that a filter selects were stored to be sent. */
  storedSome(filter: DeliveryFilter, stored: StoredSome): void
  /** Says that deliveries are sent: there is nothing to warn of. */
  disarm(): void
}

/** How many deliveries were stored, and when they are due. */
export interface StoredSome {
  readonly count: number
  readonly dueAt: number
}

/** The dependencies of the warning. */
export interface WaitingWarningOptions {
  readonly store: Pick<DeliveryStore, 'find' | 'query' | 'sendsByItself'>
  readonly log: Log
  readonly now: () => number
  readonly after: (delay: number, wake: () => void) => () => void
}

// a process may send before it calls start, and another process may send for it
const PATIENCE = 5000
const SAMPLE = 100

/** Makes the warning; it looks into the store before it speaks, since another process may have sent the delivery. */
export function createWaitingWarning(options: WaitingWarningOptions): WaitingWarning {
  const { store, log, now, after } = options
  let isArmed = !store.sendsByItself
  let cancel: (() => void) | undefined

  const isUntouched = async ({ id, attemptCount }: Delivery) => {
    const found = await store.find(id)
    return found?.state === 'scheduled' && found.attemptCount <= attemptCount
  }
  /** Of many, another process has sent one at least. */
  const areUntouched = async (filter: DeliveryFilter, count: number) => {
    const some = await store.query({ ...filter, limit: SAMPLE })
    const waiting = some.filter(
      ({ state, attemptCount }) => state === 'scheduled' && attemptCount === 0,
    )
    return waiting.length >= Math.min(count, SAMPLE)
  }
  const look = async (isWaiting: () => Promise<boolean>) => {
    cancel = undefined
    if (!(await isWaiting()) || !isArmed) return
    isArmed = false
    log.warn(
      'ringback: deliveries wait in the store, and nothing sends them: call sender.start() where the server starts, or sender.sendDue() from a cron trigger',
    )
  }

  const arm = (dueAt: number, isWaiting: () => Promise<boolean>) => {
    if (!isArmed || cancel !== undefined) return
    // a store that fails says so to whoever sends
    const wake = () => void look(isWaiting).catch(() => {})
    cancel = after(Math.max(0, dueAt - now()) + PATIENCE, wake)
  }

  return {
    stored: (delivery) => arm(delivery.dueAt ?? 0, () => isUntouched(delivery)),
    storedSome: (filter, { count, dueAt }) => arm(dueAt, () => areUntouched(filter, count)),
    disarm() {
      isArmed = false
      cancel?.()
    },
  }
}
