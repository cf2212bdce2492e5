import type { Delivery } from '@ringback/core'
import type { DeliveryStore } from '../store/delivery-store.ts'
import type { Log } from './log.ts'

/** Warns once when deliveries wait, since nothing sends them. */
export interface WaitingWarning {
  /** Says that a delivery was stored to be sent. */
  stored(delivery: Delivery): void
  /** Says that deliveries are sent: there is nothing to warn of. */
  disarm(): void
}

/** The dependencies of the warning. */
export interface WaitingWarningOptions {
  readonly store: Pick<DeliveryStore, 'find' | 'sendsByItself'>
  readonly log: Log
  readonly now: () => number
  readonly after: (delay: number, wake: () => void) => () => void
}

// a process may send before it calls start, and another process may send for it
const PATIENCE = 5000

/** Makes the warning; it looks into the store before it speaks, since another process may have sent the delivery. */
export function createWaitingWarning(options: WaitingWarningOptions): WaitingWarning {
  const { store, log, now, after } = options
  let isArmed = !store.sendsByItself
  let cancel: (() => void) | undefined

  const look = async ({ id, attemptCount }: Delivery) => {
    cancel = undefined
    const found = await store.find(id)
    if (!isArmed || found?.state !== 'scheduled' || found.attemptCount > attemptCount) return
    isArmed = false
    log.warn(
      'ringback: deliveries wait in the store, and nothing sends them: call sender.start() where the server starts, or sender.sendDue() from a cron trigger',
    )
  }

  return {
    stored(delivery) {
      const { dueAt = 0 } = delivery
      if (!isArmed || cancel !== undefined) return
      // a store that fails says so to whoever sends
      const wake = () => void look(delivery).catch(() => {})
      cancel = after(Math.max(0, dueAt - now()) + PATIENCE, wake)
    },
    disarm() {
      isArmed = false
      cancel?.()
    },
  }
}
