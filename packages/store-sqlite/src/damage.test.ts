// A file that another program has changed: whatever a row has, it holds up no other.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sqliteStore } from './sqlite-store.ts'

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringback-'))
  path = join(folder, 'callbacks.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

const NOW = 1_700_000_000_000
const delivery = (id: string, owner: string) =>
  ({
    id,
    state: 'scheduled',
    owner,
    operationId: 'postInvoices',
    callback: 'invoiceNotification',
    method: 'post',
    url: `https://${owner}.example/`,
    endpoint: `https://${owner}.example`,
    attemptCount: 0,
    refusals: 0,
    createdAt: NOW,
    dueAt: NOW,
    expiresAt: NOW + 3_600_000,
    payload: new Uint8Array([1, 2]),
  }) as const

function alter(sql: string) {
  const other = new DatabaseSync(path)
  other.exec(`PRAGMA ignore_check_constraints = ON; ${sql}`)
  other.close()
}

const LARGE = '9007199254740993'
const NUMBERS = {
  ringback_live: [
    'due_at',
    'expires_at',
    'waiting',
    'attempts',
    'refusals',
    'lease',
    'lease_ends_at',
    'lost_leases',
    'message',
  ],
  ringback_message: ['created_at'],
  ringback_endpoint: ['held_until', 'paced_until'],
  ringback_owner: ['kept', 'kept_bytes'],
}
const TEXTS = {
  ringback_live: ['state', 'order_key', 'redrive_of', 'detail', 'endpoint'],
  ringback_message: ['url', 'settings', 'method', 'operation_id', 'callback', 'dedupe_key'],
  ringback_endpoint: ['health'],
}
const rowsOf = (tables: Readonly<Record<string, readonly string[]>>, values: readonly string[]) =>
  Object.entries(tables).flatMap(([table, columns]) =>
    columns.flatMap((column) => values.map((value) => [table, column, value] as const)),
  )

describe.each([...rowsOf(NUMBERS, [LARGE, `-${LARGE}`, '-1']), ...rowsOf(TEXTS, ["'{'", "''"])])(
  '%s with %s = %s',
  (table, column, value) => {
    it('holds up no other owner, is found, and can be erased', async () => {
      const time = { at: NOW }
      const store = sqliteStore(path, { clock: { now: () => time.at } })
      await store.enqueue(delivery('msg_1', 'ann'))
      await store.enqueue(delivery('msg_2', 'bob'))
      const where = table === 'ringback_message' ? "id = 'msg_1'" : "owner = 'ann'"
      alter(`UPDATE ${table} SET ${column} = ${value} WHERE ${where}`)

      const { deliveries } = await store.claim({ limit: 10, lease: 1000 })
      const other = deliveries.find(({ id }) => id === 'msg_2')
      expect(other?.payload).toEqual(new Uint8Array([1, 2]))
      const outcome = { state: 'delivered', attemptCount: 1, refusals: 0 } as const
      if (other) expect(await store.commit(other, outcome)).toMatchObject({ kind: 'done' })
      time.at += 2000
      await store.claim({ limit: 10, lease: 1000 })

      expect((await store.query()).map(({ id }) => id).sort()).toEqual(['msg_1', 'msg_2'])
      expect(await store.query({ owner: 'ann' })).toMatchObject([{ id: 'msg_1' }])
      await store.cancel('msg_1')
      for (let erased = 1; erased > 0; ) erased = await store.erase({ owner: 'ann' })
      expect((await store.query()).map(({ id }) => id)).toEqual(['msg_2'])
      store.close()
    })
  },
)

describe('an endpoint or owner whose row is missing', () => {
  it.each(['ringback_endpoint', 'ringback_owner', 'ringback_message'])(
    '%s: holds up no other, is found, and can be erased',
    async (table) => {
      const store = sqliteStore(path, { clock: { now: () => NOW } })
      await store.enqueue(delivery('msg_1', 'ann'))
      await store.enqueue(delivery('msg_2', 'bob'))
      alter(`DELETE FROM ${table} WHERE owner = 'ann'`)
      const { deliveries } = await store.claim({ limit: 10, lease: 1000 })
      expect(deliveries.map(({ id }) => id)).toEqual(['msg_2'])
      expect(await store.query({ owner: 'ann' })).toMatchObject([{ id: 'msg_1' }])
      await store.redrive('msg_1')
      await store.cancel('msg_1')
      for (let erased = 1; erased > 0; ) erased = await store.erase({ owner: 'ann' })
      expect(await store.query({ owner: 'ann' })).toEqual([])
      store.close()
    },
  )

  it('is sent after a redrive', async () => {
    const store = sqliteStore(path, { clock: { now: () => NOW } })
    await store.enqueue(delivery('msg_1', 'ann'))
    alter('DELETE FROM ringback_endpoint; DELETE FROM ringback_owner')
    await store.redrive('msg_1')
    expect((await store.claim({ limit: 1, lease: 1000 })).deliveries).toHaveLength(1)
    store.close()
  })
})

describe('a kept exchange', () => {
  const place = { owner: 'ann', operationId: 'postInvoices', key: 'a' }
  it.each([`exchange = '{'`, `kept_at = ${LARGE}`])('with %s holds up no other', async (damage) => {
    const store = sqliteStore(path, { clock: { now: () => NOW } })
    const exchange = { ...place, callbacks: {}, validated: [] }
    await store.keepExchange(exchange)
    await store.keepExchange({ ...exchange, key: 'b' })
    alter(`UPDATE ringback_exchange SET ${damage} WHERE key = 'a'`)
    expect(await store.findExchange({ ...place, key: 'b' })).toMatchObject({ key: 'b' })
    expect(await store.eraseExchanges({ owner: 'ann', key: 'a' })).toBe(1)
    expect(await store.findExchange(place)).toBeUndefined()
    store.close()
  })

  it('that cannot be read is named', async () => {
    const store = sqliteStore(path)
    await store.keepExchange({ ...place, callbacks: {}, validated: [] })
    alter("UPDATE ringback_exchange SET exchange = '{'")
    await expect(store.findExchange(place)).rejects.toMatchObject({ code: 'corrupt' })
    store.close()
  })
})

describe('the schema', () => {
  it.each([Number.MAX_SAFE_INTEGER, -1])(
    'refuses the time %i, and nothing else waits',
    async (at) => {
      const store = sqliteStore(path, { clock: { now: () => NOW } })
      await expect(store.enqueue({ ...delivery('msg_1', 'ann'), expiresAt: at })).rejects.toThrow(
        /CHECK/,
      )
      await store.enqueue(delivery('msg_2', 'bob'))
      expect((await store.claim({ limit: 10, lease: 1000 })).deliveries).toHaveLength(1)
      store.close()
    },
  )
})
