// A file that another program has changed: whatever a row has, it holds up no other.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SqliteStore, sqliteStore } from './sqlite-store.ts'

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
const [MOST, LEAST] = ['9223372036854775807', '-9223372036854775808']
const INTEGERS = [LARGE, `-${LARGE}`, '-1', MOST, LEAST]
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
const REALS = {
  ringback_endpoint: ['ready_at', 'turn_at', 'used_up_to'],
  ringback_owner: ['ready_at', 'turn_at', 'used_up_to'],
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

describe.each([
  ...rowsOf(NUMBERS, INTEGERS),
  ...rowsOf(REALS, ['9e999', '-9e999']),
  ...rowsOf(TEXTS, ["'{'", "''"]),
])('%s with %s = %s', (table, column, value) => {
  it('holds up no other owner, is found, and can be erased', async () => {
    const time = { at: NOW }
    const store = sqliteStore(path, { clock: { now: () => time.at } })
    await store.enqueue(delivery('msg_1', 'ann'))
    await store.enqueue(delivery('msg_2', 'bob'))
    const where = table === 'ringback_message' ? "id = 'msg_1'" : "owner = 'ann'"
    alter(`UPDATE ${table} SET ${column} = ${value} WHERE ${where}`)

    const limits = { endpoint: { rate: 10, concurrency: 10 }, owner: { rate: 10 } }
    const { deliveries } = await store.claim({ limit: 10, lease: 1000, limits })
    const other = deliveries.find(({ id }) => id === 'msg_2')
    expect(other?.payload).toEqual(new Uint8Array([1, 2]))
    const outcome = { state: 'delivered', attemptCount: 1, refusals: 0 } as const
    if (other) expect(await store.commit(other, outcome)).toMatchObject({ kind: 'done' })
    // its leases end, it expires, and others are sent
    await store.enqueue(delivery('msg_3', 'bob'))
    for (const seconds of [2, 4000]) {
      time.at += seconds * 1000
      const claim = await store.claim({ limit: 10, lease: 1000, limits })
      if (seconds === 2) expect(claim.deliveries.map(({ id }) => id)).toContain('msg_3')
    }

    expect((await store.query()).map(({ id }) => id)).toEqual(['msg_3', 'msg_2', 'msg_1'])
    expect(await store.query({ owner: 'ann' })).toMatchObject([{ id: 'msg_1' }])
    await store.cancel('msg_1')
    for (let erased = 1; erased > 0; ) erased = await store.erase({ owner: 'ann' })
    expect((await store.query()).map(({ id }) => id)).toEqual(['msg_3', 'msg_2'])
    store.close()
  })
})

describe('a damaged row', () => {
  const times = [LARGE, MOST, '-1'].flatMap((value) =>
    ['due_at', 'expires_at', 'lease_ends_at'].map((column) => `${column} = ${value}`),
  )
  it.each([...times, "state = 'done'", "state = 'sending', lease_ends_at = NULL"])(
    'with %s is erased, and the next of its order key goes',
    async (damage) => {
      const store = sqliteStore(path, { clock: { now: () => NOW } })
      await store.enqueue({ ...delivery('msg_1', 'ann'), orderKey: 'a' })
      await store.enqueue({ ...delivery('msg_2', 'ann'), orderKey: 'a' })
      alter(`UPDATE ringback_live SET ${damage} WHERE id = 'msg_1'`)
      expect(await store.erase({ owner: 'ann' })).toBe(1)
      expect(await store.erase({ owner: 'ann' })).toBe(0)
      const { deliveries } = await store.claim({ limit: 10, lease: 1000 })
      expect(deliveries.map(({ id }) => id)).toEqual(['msg_2'])
      store.close()
    },
  )

  it.each([LARGE, 'NULL'])('whose lease ends at %s is sent again', async (end) => {
    const time = { at: NOW }
    const store = sqliteStore(path, { clock: { now: () => time.at } })
    await store.enqueue(delivery('msg_1', 'ann'))
    await store.claim({ limit: 1, lease: 1000 })
    alter(`UPDATE ringback_live SET lease_ends_at = ${end}`)
    expect((await store.claim({ limit: 1, lease: 1000 })).deliveries).toHaveLength(1)
    store.close()
  })

  it('that names the message of another owner takes nothing of theirs, and leaves nothing', async () => {
    const store = sqliteStore(path, { clock: { now: () => NOW } })
    const payload = new TextEncoder().encode('of ann alone')
    await store.enqueue({ ...delivery('msg_1', 'ann'), payload })
    await store.enqueue(delivery('msg_2', 'bob'))
    alter("UPDATE ringback_live SET message = 2 WHERE owner = 'ann'")
    await store.cancel('msg_1')
    for (let erased = 1; erased > 0; ) erased = await store.erase({ owner: 'ann' })
    expect((await store.find('msg_2'))?.payload).toEqual(new Uint8Array([1, 2]))
    for (const file of [path, `${path}-wal`]) {
      expect(readFileSync(file).includes('of ann alone')).toBe(false)
    }
    store.close()
  })
})

describe('final deliveries', () => {
  const ended = (id: string, owner: string) => {
    const { dueAt: _, ...rest } = delivery(id, owner)
    return { ...rest, state: 'delivered' } as const
  }
  const eraseAll = async (store: SqliteStore, options: Parameters<SqliteStore['erase']>[0]) => {
    for (let erased = 1; erased > 0; ) erased = await store.erase(options)
    return (await store.query({ owner: 'bob' })).map(({ id }) => id)
  }

  it.each(['kept', 'kept_bytes'])(
    'are spared and erased though %s of another is damaged',
    async (column) => {
      const store = sqliteStore(path, { clock: { now: () => NOW } })
      for (const owner of ['ann', 'bob']) {
        for (const n of [1, 2, 3]) await store.enqueue(ended(`msg_${owner}_${n}`, owner))
      }
      alter(`UPDATE ringback_owner SET ${column} = ${MOST} WHERE owner = 'ann'`)
      const left = await eraseAll(store, { beyond: { count: 2, bytes: 100 } })
      expect(left).toEqual(['msg_bob_3', 'msg_bob_2'])
      store.close()
    },
  )

  it('are erased by age though the oldest hundred ended at no time', async () => {
    const time = { at: NOW }
    const store = sqliteStore(path, { clock: { now: () => time.at } })
    for (let n = 0; n < 120; n += 1) await store.enqueue(ended(`msg_ann_${n}`, 'ann'))
    await store.enqueue(ended('msg_bob', 'bob'))
    alter(`UPDATE ringback_done SET ended_at = ${MOST}, bytes = ${MOST} WHERE owner = 'ann'`)
    time.at += 1000
    expect(await eraseAll(store, { age: 0 })).toEqual([])
    store.close()
  })
})

it.each([LARGE, MOST, '8640000000000000', LEAST])(
  'the time %s of the file holds up nobody',
  async (at) => {
    const time = { at: NOW }
    const store = sqliteStore(path, { clock: { now: () => time.at } })
    await store.enqueue(delivery('msg_1', 'ann'))
    alter(`UPDATE ringback_time SET at = ${at}`)
    time.at += 2000
    expect((await store.claim({ limit: 1, lease: 1000 })).deliveries).toHaveLength(1)
    store.close()
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

describe('a registered endpoint', () => {
  const idOf = (name: string) => `ep_${name.padStart(32, '0')}`
  const message = (id: string) => ({
    id,
    owner: 'ann',
    operationId: '',
    callback: 'paid',
    method: 'post',
    createdAt: NOW,
    dueAt: NOW,
    payload: new Uint8Array([1]),
  })
  const open = async () => {
    const store = sqliteStore(path, { clock: { now: () => NOW } })
    for (const name of ['a', 'b']) {
      const endpoint = { id: idOf(name), owner: 'ann', url: 'https://a.example/', events: ['*'] }
      const state = { state: 'enabled', createdAt: NOW, updatedAt: NOW } as const
      await store.endpoints.add({ ...endpoint, ...state, keys: [{ generation: 1 }] })
    }
    return store
  }

  it.each([
    ["events = '['", 1],
    ["events = 'null'", 1],
    ["keys = '{'", 2],
    ["keys = '[]'", 2],
    ["url = 'nowhere'", 2],
    [`failing_since = ${MOST}`, 2],
  ])('with %s holds up no other', async (change, count) => {
    const store = await open()
    alter(`UPDATE ringback_subscription SET ${change} WHERE id = '${idOf('a')}'`)
    expect(await store.endpoints.publish(message('msg_1'), ['*'])).toMatchObject({ count })
    const { deliveries } = await store.claim({ limit: 10, lease: 1000 })
    const other = deliveries.find(({ endpoint }) => endpoint === idOf('b'))
    expect(other?.target?.url).toBe('https://a.example/')
    expect((await store.endpoints.query({})).map(({ id }) => id)).toContain(idOf('b'))
    const limited = { endpoint: { concurrency: 1 } }
    alter(`UPDATE ringback_endpoint SET concurrency = ${LEAST}, rate = -1`)
    await store.endpoints.publish(message('msg_2'), ['*'])
    await store.claim({ limit: 10, lease: 1000, limits: limited })
    await store.enqueue(delivery('msg_3', 'bob'))
    const next = await store.claim({ limit: 10, lease: 1000, limits: limited })
    expect([...next.deliveries, ...deliveries].map(({ owner }) => owner)).toContain('bob')
    store.close()
  })
})
