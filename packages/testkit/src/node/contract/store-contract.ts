import type { DeliveryStore } from '@ringback/sender'
import { CLAIMS } from './claims.ts'
import { COMMITS } from './commits.ts'
import { EXCHANGES } from './exchanges.ts'
import { FLOWS } from './flows.ts'
import { OPERATIONS } from './operations.ts'
import { ORDERS } from './orders.ts'
import { QUERIES } from './queries.ts'
import type { Scene } from './scene.ts'

/** A clock of a test, which a store reads. */
export interface TestClock {
  now(): number
}

/** Opens an empty store that reads this clock; `close` is called after each case. */
export type OpenStore = (clock: TestClock) => Opened | Promise<Opened>

interface Opened {
  readonly store: DeliveryStore
  readonly close?: () => void | Promise<void>
}

/** One thing that every store must do; `run` rejects with an AssertionError where it does not. */
export interface ContractCase {
  readonly name: string
  run(): Promise<void>
}

/** The cases by name; each has an empty store, and a clock that stands at 1000. */
export type Cases = Readonly<Record<string, (scene: Scene) => Promise<void>>>

const CASES: Cases = {
  ...QUERIES,
  ...CLAIMS,
  ...COMMITS,
  ...FLOWS,
  ...ORDERS,
  ...OPERATIONS,
  ...EXCHANGES,
}

/**
 * Lists what every delivery store must do, for whichever test runner there is.
 *
 * @example
 * const open = (clock) => ({ store: memoryStore({ clock }) })
 * for (const { name, run } of storeContract(open)) test(name, run)
 */
export function storeContract(open: OpenStore): readonly ContractCase[] {
  return Object.entries(CASES).map(([name, run]) => ({
    name,
    async run() {
      const time = { at: 1000 }
      const { store, close } = await open({ now: () => time.at })
      try {
        await run({ store, time })
      } finally {
        await close?.()
      }
    },
  }))
}
