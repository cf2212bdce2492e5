import type { DeliveryStore } from '@ringback/sender'
import { CLAIMS } from './claims.ts'
import { COMMITS } from './commits.ts'
import { ENDPOINT_LIMITS } from './endpoint-limits.ts'
import { ENDPOINTS } from './endpoints.ts'
import { EXCHANGES } from './exchanges.ts'
import { FLOWS } from './flows.ts'
import { OPERATIONS } from './operations.ts'
import { ORDERS } from './orders.ts'
import { PUBLISHING } from './publishing.ts'
import { QUERIES } from './queries.ts'
import type { Scene } from './scene.ts'
import { STATS } from './stats.ts'
import { TURNS } from './turns.ts'
import { WAITING } from './waiting.ts'

/** The clock that a store under test reads. */
export interface StoreClock {
  /** Milliseconds since the Unix epoch. */
  now(): number
}

/** Opens an empty store that reads this clock. */
export type StoreFactory = (clock: StoreClock) => StoreUnderTest | Promise<StoreUnderTest>

/** A store that was opened for one case. */
export interface StoreUnderTest {
  readonly store: DeliveryStore
  /** Called after the case. */
  readonly close?: () => void | Promise<void>
}

/** One requirement of every store; `run` rejects with an AssertionError when the store does not meet it. */
export interface StoreContractCase {
  readonly name: string
  run(): Promise<void>
}

/** Cases by name; each has an empty store and a clock that stands at 1000. */
export type Cases = Readonly<Record<string, (scene: Scene) => Promise<void>>>

const COUNTING: Cases = { ...STATS, ...WAITING }
const CASES: Cases = {
  ...QUERIES,
  ...CLAIMS,
  ...COMMITS,
  ...FLOWS,
  ...ORDERS,
  ...OPERATIONS,
  ...EXCHANGES,
  ...TURNS,
  ...ENDPOINTS,
  ...ENDPOINT_LIMITS,
  ...PUBLISHING,
  ...COUNTING,
}

/**
 * Lists the requirements of every delivery store as cases for any test runner.
 *
 * @example
 * const open = (clock) => ({ store: memoryStore({ clock }) })
 * for (const { name, run } of storeContract(open)) test(name, run)
 */
export function storeContract(open: StoreFactory): readonly StoreContractCase[] {
  return Object.entries(CASES).map(([name, run]) => ({
    name,
    async run() {
      const time = { at: 1000 }
      const { store, close } = await open({ now: () => time.at })
      try {
        // a store need not count
        if (Object.hasOwn(COUNTING, name) && store.stats === undefined) return
        await run({ store, time })
      } finally {
        await close?.()
      }
    },
  }))
}
