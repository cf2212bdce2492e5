import type { DeliveryStore } from '@ringback/sender'

/** A place in the life of a delivery where a process may end. */
export type CrashPoint =
  | 'beforeEnqueue' // nothing is stored yet
  | 'afterEnqueue' // stored, and nobody was told
  | 'beforeSend' // claimed, and no request was made
  | 'afterResponse' // the receiver has answered, and nobody has read it
  | 'beforeCommit' // read, and not recorded
  | 'afterCommit' // recorded

/** What a sender is made of. */
export interface Crashing {
  readonly store: DeliveryStore
  readonly fetch: typeof fetch
}

/** A sender's parts, and what to do at each point. */
export interface CrashingOptions extends Crashing {
  /** Is told each point as it is passed: end the process there, or throw. */
  readonly at: (point: CrashPoint) => void
}

/**
 * Puts points between a sender and its store and transport, so that a test can end the process at each.
 *
 * @example
 * const parts = withCrashPoints({
 *   store: sqliteStore(path),
 *   fetch: guardedFetch(),
 *   at: (point) => point === 'beforeCommit' && process.kill(process.pid, 'SIGKILL'),
 * })
 * const sender = createSender({ ...parts, secrets })
 */
export function withCrashPoints({ store, fetch, at }: CrashingOptions): Crashing {
  const send: typeof fetch = async (...request) => {
    at('beforeSend')
    const response = await fetch(...request)
    at('afterResponse')
    return response
  }
  return {
    // a guarded fetch brings its policy along
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
