import type { DeliveryStore } from '@ringback/sender'

/** A point in the life of a delivery where a process may crash. */
export type CrashPoint =
  | 'beforeEnqueue' // nothing is stored yet
  | 'afterEnqueue' // stored, and the caller does not know yet
  | 'beforeSend' // claimed, and no request was made yet
  | 'afterResponse' // the receiver has responded, and the response is not read yet
  | 'beforeCommit' // read, and not recorded yet
  | 'afterCommit' // recorded

/** The parts of a sender that have crash points. */
export interface SenderParts {
  readonly store: DeliveryStore
  readonly fetch: typeof fetch
}

/** The parts of a sender, and what happens at each crash point. */
export interface CrashPointOptions extends SenderParts {
  /** Called at each point: end the process there, or throw. */
  readonly at: (point: CrashPoint) => void
}

/**
 * Wraps the store and the transport of a sender with crash points, so that a test can end the process at each.
 *
 * @example
 * const parts = withCrashPoints({
 *   store: sqliteStore(path),
 *   fetch: guardedFetch(),
 *   at: (point) => point === 'beforeCommit' && process.kill(process.pid, 'SIGKILL'),
 * })
 * const sender = createSender({ ...parts, secrets })
 */
export function withCrashPoints({ store, fetch, at }: CrashPointOptions): SenderParts {
  const send: typeof fetch = async (...request) => {
    at('beforeSend')
    const response = await fetch(...request)
    at('afterResponse')
    return response
  }
  return {
    // keeps the policy of a guarded fetch
    fetch: Object.assign(send, fetch),
    store: {
      ...store,
      async enqueue(...delivery) {
        at('beforeEnqueue')
        const result = await store.enqueue(...delivery)
        at('afterEnqueue')
        return result
      },
      async commit(...claim) {
        at('beforeCommit')
        const result = await store.commit(...claim)
        at('afterCommit')
        return result
      },
    },
  }
}
