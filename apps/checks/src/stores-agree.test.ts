// memoryStore gives the same results as every other store, for any sequence of calls.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type ClaimedDelivery,
  type DeliveryStore,
  memoryStore,
  type ReceiverReport,
} from '@ringback/sender'
import { pgDriver, postgresStore } from '@ringback/store-postgres'
import { sqliteStore } from '@ringback/store-sqlite'
import fc from 'fast-check'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { startPostgres } from '../../../packages/store-postgres/test/start-postgres.ts'
import { objectStores } from './object-stores.ts'

const KEYS = ['a', 'b', undefined]
const ENDPOINTS = ['https://a.example', 'https://b.example']
const LIMITS = {
  endpoint: { concurrency: 3, rate: 5 },
  owner: { concurrency: 5, rate: 7 },
  pace: 2,
}
const HOUR = 3_600_000

const index = fc.nat(30)
const steps = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant('enqueue' as const),
      endpoint: fc.constantFrom(...ENDPOINTS),
      owner: fc.constantFrom('ann', 'bob'),
      orderKey: fc.constantFrom(...KEYS),
      dedupeKey: fc.constantFrom(...KEYS, undefined, undefined),
      delay: fc.nat(3),
      expiry: fc.option(fc.nat(6)),
      payload: fc.nat(1),
    }),
    fc.record({ do: fc.constant('claim' as const), limit: fc.constantFrom(1, 2, 5, 100) }),
    fc.record({
      do: fc.constant('commit' as const),
      index,
      state: fc.constantFrom('delivered' as const, 'dead' as const, 'scheduled' as const),
      hold: fc.constantFrom('hold', 'fail', 'well', 'leave'),
    }),
    fc.record({ do: fc.constant('extend' as const), index }),
    fc.record({ do: fc.constant('sweep' as const) }),
    fc.record({
      do: fc.constant('cancel' as const),
      index,
      owner: fc.constantFrom('ann', undefined),
    }),
    fc.record({
      do: fc.constant('redrive' as const),
      index,
      owner: fc.constantFrom('ann', undefined),
    }),
    fc.record({
      do: fc.constant('erase' as const),
      index,
      by: fc.constantFrom('id' as const, 'owner' as const, 'age' as const, 'surplus' as const),
    }),
    fc.record({ do: fc.constant('wait' as const), seconds: fc.nat(4) }),
    // the system's clock is set
    fc.record({ do: fc.constant('set' as const), hours: fc.constantFrom(-1, 1) }),
    fc.record({
      do: fc.constant('list' as const),
      filter: fc.record(
        {
          owner: fc.constantFrom('ann', 'bob'),
          endpoint: fc.constantFrom(...ENDPOINTS),
          state: fc.constantFrom('scheduled', 'parked', 'sending', 'delivered', 'dead'),
          reason: fc.constantFrom('exhausted', 'expired', 'internal'),
          cursor: fc.constantFrom('msg_003', 'msg_010'),
          limit: fc.constantFrom(1, 3),
        } as const,
        { requiredKeys: [] },
      ),
    }),
  ),
  { maxLength: 60 },
)

type Step = typeof steps extends fc.Arbitrary<(infer TStep)[]> ? TStep : never

/** What differs between stores. */
interface Scripts {
  readonly numRuns: number
  readonly setsClock: boolean
  /** Whether a claim is committed a second time. */
  readonly repeatsCommits: boolean
}

/** Takes the steps on a store, and gives all its results. */
async function play(
  store: DeliveryStore,
  time: { at: number },
  {
    script,
    repeatsCommits,
  }: { readonly script: readonly Step[] } & Pick<Scripts, 'repeatsCommits'>,
) {
  const results: unknown[] = []
  const ids: string[] = []
  const claims: ClaimedDelivery[] = []
  const committed = new Set<ClaimedDelivery>()
  // no two deliveries are due at the same time, since their order is not specified
  const soon = (seconds: number) => time.at + seconds * 1000 + results.length

  // a clock that is set goes on from when it was last read, which is when a store has something to do
  const readTime = async () => {
    const { swept, nextIn } = await store.claim({ limit: 0, lease: 2000 })
    return { swept: sortById(swept), nextIn }
  }
  const isSet = script.some((step) => step.do === 'set')
  for (const step of script) {
    const id = 'index' in step ? (ids[step.index % Math.max(ids.length, 1)] ?? 'none') : 'none'
    if (step.do === 'enqueue') {
      const { endpoint, owner, orderKey, dedupeKey, delay, expiry, payload } = step
      const created = `msg_${String(ids.length).padStart(3, '0')}`
      ids.push(created)
      results.push(
        await store.enqueue({
          ...{ id: created, state: 'scheduled', operationId: 'o', callback: 'c', method: 'post' },
          ...{ owner, endpoint, url: `${endpoint}/`, attemptCount: 0, refusals: 0 },
          createdAt: time.at,
          dueAt: soon(delay),
          payload: new Uint8Array([payload]),
          ...(orderKey !== undefined && { orderKey }),
          ...(dedupeKey !== undefined && { dedupeKey }),
          ...(expiry !== null && { expiresAt: soon(expiry) }),
        }),
      )
    } else if (step.do === 'claim') {
      const { deliveries, swept, nextIn } = await store.claim({
        limit: step.limit,
        lease: 2000,
        limits: LIMITS,
      })
      results.push(sortById(swept), nextIn)
      claims.push(...sortById(deliveries))
      results.push(sortById(deliveries))
    } else if (step.do === 'commit') {
      const claimed = claims[step.index % Math.max(claims.length, 1)]
      if (claimed === undefined || (committed.has(claimed) && !repeatsCommits)) continue
      committed.add(claimed)
      const receiver = {
        hold: { verdict: 'failing', pause: soon(2) - time.at },
        fail: { verdict: 'failing' },
        well: { verdict: 'well' },
        leave: undefined,
      }[step.hold] as ReceiverReport | undefined
      const transition = {
        state: step.state,
        attemptCount: claimed.attemptCount + 1,
        refusals: 0,
        ...(step.state === 'dead' && { reason: 'exhausted' as const, detail: 'no' }),
        ...(step.state === 'scheduled' && { delay: soon(1) - time.at }),
        ...(receiver && { receiver }),
      }
      results.push(await store.commit(claimed, transition, { startedAt: time.at, duration: 1 }))
    } else if (step.do === 'extend') {
      const claimed = claims[step.index % Math.max(claims.length, 1)]
      if (claimed) results.push(await store.extend(claimed, 3000))
    } else if (step.do === 'sweep') {
      const { swept, nextIn } = await store.claim({ limit: 0, lease: 2000 })
      results.push(sortById(swept), nextIn)
    } else if (step.do === 'cancel') {
      results.push(await store.cancel(id, scopeOf(step)))
    } else if (step.do === 'redrive') {
      time.at += 1
      if (isSet) results.push(await readTime())
      results.push(await store.redrive(id, scopeOf(step)))
    } else if (step.do === 'erase') {
      const erasure = {
        id: { id },
        owner: { owner: 'ann' },
        age: { age: 0 },
        surplus: { beyond: { count: 2, bytes: 2 } },
      }
      results.push(await store.erase(erasure[step.by]))
    } else if (step.do === 'list') {
      results.push(await store.query(step.filter), await store.find('msg_000'))
    } else {
      if (isSet) results.push(await readTime())
      time.at += step.do === 'set' ? step.hours * HOUR : step.seconds * 1000
      if (isSet) results.push(await readTime())
    }
    results.push(await store.query())
  }
  return results
}

/** Their order is not specified. */
function sortById<TDelivery extends { readonly id: string }>(
  deliveries: readonly TDelivery[],
): TDelivery[] {
  return [...deliveries].sort((a, b) => (a.id < b.id ? -1 : 1))
}

function scopeOf({ owner }: { readonly owner: string | undefined }) {
  return owner === undefined ? {} : { owner }
}

/** Plays scripts on two stores, which must give the same results. */
async function expectSame(
  [open, openOther]: readonly [OpenStore, OpenStore],
  { numRuns, setsClock, repeatsCommits }: Scripts,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const script = setsClock ? all : all.filter((step) => step.do !== 'set')
      // a clock that is set back often stays after the epoch
      const [ours, theirs] = [{ at: 1_000_000_000 }, { at: 1_000_000_000 }]
      const one = await open({ now: () => ours.at })
      const other = await openOther({ now: () => theirs.at })
      try {
        const steps = { script, repeatsCommits }
        expect(await play(one.store, ours, steps)).toEqual(await play(other.store, theirs, steps))
      } finally {
        one.close?.()
        other.close?.()
      }
    }),
    { numRuns },
  )
}

type OpenStore = (clock: {
  now(): number
}) => { store: DeliveryStore; close?(): void } | Promise<{ store: DeliveryStore; close?(): void }>

const inMemory: OpenStore = (clock) => ({ store: memoryStore({ clock }) })
const inFile: OpenStore = (clock) => {
  const folder = mkdtempSync(join(tmpdir(), 'agree-'))
  const store = sqliteStore(join(folder, 'a.db'), { clock })
  return {
    store,
    close() {
      store.close()
      rmSync(folder, { recursive: true })
    },
  }
}

describe('gives the same results', () => {
  it('as sqliteStore', { timeout: 120_000 }, () =>
    expectSame([inMemory, inFile], { numRuns: 200, setsClock: true, repeatsCommits: true }),
  )

  it('as the store in a Durable Object', { timeout: 120_000 }, async () => {
    const stores = await objectStores()
    const inObject: OpenStore = (clock) => ({ store: stores.open(clock) })
    try {
      await expectSame([inMemory, inObject], { numRuns: 25, setsClock: true, repeatsCommits: true })
    } finally {
      await stores.close()
    }
  })

  it('as postgresStore', { timeout: 120_000 }, async () => {
    const database = await startPostgres()
    const pool = new pg.Pool({ connectionString: database.url, max: 4 })
    let opened = 0
    const inPostgres: OpenStore = async (clock) => {
      opened += 1
      const schema = `run_${opened}`
      const store = postgresStore(pgDriver(pool), { clock, schema })
      await store.migrate()
      return { store }
    }
    try {
      // the server's clock counts there, and goes back when it is set back; and a commit that is made again is taken for
      // one whose response was lost
      const scripts = { numRuns: 25, setsClock: false, repeatsCommits: false }
      await expectSame([inMemory, inPostgres], scripts)
    } finally {
      await pool.end()
      await database.stop()
    }
  })
})
