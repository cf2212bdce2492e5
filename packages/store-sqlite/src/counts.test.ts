// The counts of a file: those of every process, of a rollback nothing, and of a closed store all.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { sqliteStore } from './sqlite-store.ts'

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringback-'))
  path = join(folder, 'callbacks.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

const MINUTE = 60_000
const START = 1000 * MINUTE
let now = START
const clock = { now: () => now }

function ended(id: string, change: object = {}) {
  return {
    id,
    state: 'cancelled',
    owner: 'ann',
    operationId: 'postInvoices',
    callback: 'paid',
    method: 'post',
    url: 'https://a.example/',
    endpoint: 'https://a.example',
    attemptCount: 0,
    refusals: 0,
    createdAt: START,
    payload: new Uint8Array([1]),
    ...change,
  } as const
}

async function countIn(store: ReturnType<typeof sqliteStore>, filter: object = {}) {
  const counted = await store.stats?.({ since: START, ...filter })
  return counted?.counts.get('end cancelled') ?? 0
}

it('are the same in every process, within a second', async () => {
  const [first, second] = [sqliteStore(path, { clock }), sqliteStore(path, { clock })]
  await first.enqueue(ended('msg_1'))
  await first.enqueue(ended('msg_2'))
  // the second is written with the next change after a second
  expect(await countIn(first)).toBe(2)
  expect(await countIn(second)).toBe(1)
  now += 1000
  await first.claim({ limit: 1, lease: 1000 })
  expect(await countIn(second)).toBe(2)
  expect(await countIn(first)).toBe(2)
  first.close()
  second.close()
})

it('of what waits are read without a message of it, whatever is asked for', async () => {
  const store = sqliteStore(path, { clock })
  const waiting = { state: 'scheduled', dueAt: START } as const
  await store.enqueue(ended('msg_1', waiting))
  await store.enqueue(ended('msg_2', { ...waiting, orderKey: 'a' }))
  await store.enqueue(ended('msg_3', { ...waiting, orderKey: 'a' }))
  const own = new DatabaseSync(path)
  own.exec('DELETE FROM ringback_message')
  own.close()
  now += 1000
  for (const filter of [{ callback: 'paid' }, { callback: 'paid', owner: 'ann' }]) {
    for (const place of [filter, { ...filter, endpoint: 'https://a.example' }]) {
      const counted = await store.stats?.({ since: START, ...place })
      expect(counted).toMatchObject({ waiting: { scheduled: 3 }, oldestDue: 1000 })
    }
  }
  store.close()
})

it('are written when the store is closed', async () => {
  const store = sqliteStore(path, { clock })
  for (const id of ['msg_1', 'msg_2', 'msg_3']) await store.enqueue(ended(id))
  store.close()
  const again = sqliteStore(path, { clock })
  expect(await countIn(again)).toBe(3)
  again.close()
})

it('lack what was rolled back', async () => {
  const store = sqliteStore(path, { clock })
  await store.enqueue(ended('msg_1'))
  // the id is in use: the transaction is undone
  await expect(store.enqueue(ended('msg_1'))).rejects.toThrow(/UNIQUE/)
  expect(await countIn(store)).toBe(1)

  const own = new DatabaseSync(path)
  own.exec('BEGIN IMMEDIATE')
  store.enqueueIn?.(own, ended('msg_2'))
  own.exec('ROLLBACK')
  own.exec('BEGIN IMMEDIATE')
  store.enqueueIn?.(own, ended('msg_3'))
  own.exec('COMMIT')
  own.close()
  expect(await countIn(store)).toBe(2)
  store.close()
})

it('of very many endpoints are written a part at a time, and none is lost', async () => {
  const store = sqliteStore(path, { clock })
  await Promise.all(
    [...Array(1200).keys()].map((n) =>
      store.enqueue(ended(`msg_${n}`, { endpoint: `https://${n}.example` })),
    ),
  )
  expect(await countIn(store)).toBe(1200)
  for (let turn = 0; turn < 3; turn += 1) {
    now += 1000
    await store.claim({ limit: 1, lease: 1000 })
    expect(await countIn(store)).toBe(1200)
    expect(await countIn(store, { owner: 'ann' })).toBe(1200)
  }
  const other = sqliteStore(path, { clock })
  expect(await countIn(other)).toBe(1200)
  other.close()
  store.close()
})
