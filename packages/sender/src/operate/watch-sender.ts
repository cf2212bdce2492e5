import type { Clock } from '../clock.ts'
import { SenderError } from '../errors.ts'
import type { DeliveryStore } from '../store/delivery-store.ts'
import type { StoreHealth } from '../store/stats/store-health.ts'
import type { StatsFilter } from '../store/stats/stored-stats.ts'
import { checkFilter } from './check-filter.ts'
import { type DeliveryStats, describeStats } from './delivery-stats.ts'

/** Whether a sender can send, for a readiness probe: nothing in it is secret. */
export interface SenderHealth {
  /** It is started, its store responds, and its transport has passed the self-test. */
  readonly isReady: boolean
  readonly isStarted: boolean
  /** The store has responded within five seconds; of one of several shards, one of them at least. */
  readonly isStoreUp: boolean
  /** The numbers of the shards of the store that are down: their owners wait, and no others. Absent when all respond. */
  readonly missing?: readonly number[]
  /** The transport refuses what the policy refuses, or somebody else is declared to guard the connections. */
  readonly isGuarded: boolean
  /** How long ago the delivery was due that has waited longest, in milliseconds; absent without any. */
  readonly oldestDue?: number
}

/** The methods of a sender that tell how it goes. */
export interface SenderWatch {
  stats(filter: StatsFilter): Promise<DeliveryStats>
  health(): Promise<SenderHealth>
}

/** The dependencies of the methods. */
export interface WatchOptions {
  readonly store: DeliveryStore
  readonly clock: Clock
  /** Rejects where the transport does not guard its connections. */
  readonly guard: () => Promise<void>
  readonly isStarted: () => boolean
}

const PATIENCE = 5000

/** Makes the methods of a sender that tell how it goes. */
export function createWatch({ store, clock, guard, isStarted }: WatchOptions): SenderWatch {
  const ask = async (): Promise<StoreHealth> => {
    if (store.health) return store.health()
    if (store.stats) return store.stats({ since: clock.now() })
    await store.query({ limit: 1 })
    return {}
  }
  /** Resolves to what the store tells of itself; rejects when it does not respond in time. */
  const askStore = () =>
    new Promise<StoreHealth>((resolve, reject) => {
      const cancel = clock.after(PATIENCE, () => reject(new Error('the store does not respond')))
      ask().then(resolve, reject).finally(cancel)
    })
  const isFulfilled = (promise: Promise<unknown>) =>
    promise.then(
      () => true,
      () => false,
    )

  return {
    async stats(filter) {
      const { since } = checkFilter<Partial<StatsFilter> | undefined>(filter, 'stats') ?? {}
      if (since === undefined) {
        const sentence = `stats needs since: give milliseconds since the Unix epoch, such as Date.now() - 3_600_000`
        throw new SenderError('option', sentence)
      }
      if (store.stats === undefined) {
        const sentence =
          'the store does not count: use one that does, such as sqliteStore, or count the events of sender.on()'
        throw new SenderError('option', sentence)
      }
      return describeStats(await store.stats(filter))
    },

    async health() {
      const asked = askStore()
      const [isStoreUp, isGuarded] = await Promise.all([isFulfilled(asked), isFulfilled(guard())])
      const { oldestDue, missing } = isStoreUp ? await asked : {}
      return {
        isReady: isStarted() && isStoreUp && isGuarded,
        isStarted: isStarted(),
        isStoreUp,
        isGuarded,
        ...(missing && { missing }),
        ...(oldestDue !== undefined && { oldestDue }),
      }
    },
  }
}
