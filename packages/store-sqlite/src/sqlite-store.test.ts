import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sqliteStore } from './sqlite-store.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringback-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const delivery = {
  id: 'msg_1',
  state: 'scheduled',
  owner: 'default',
  operationId: 'postInvoices',
  callback: 'invoiceNotification',
  method: 'post',
  url: 'https://a.example/',
  attemptCount: 0,
  refusals: 0,
  createdAt: 1,
  dueAt: 1,
  payload: new Uint8Array([1, 2]),
} as const

describe('sqliteStore', () => {
  it('creates the file and its folder, and reads it after it was closed', async () => {
    const path = join(folder, 'a/b/callbacks.db')
    const first = sqliteStore(path)
    await first.enqueue(delivery)
    await first.claim({ limit: 1, lease: 1000 })
    first.close()

    const second = sqliteStore(path, { durability: 'full' })
    expect(await second.query()).toMatchObject([{ id: 'msg_1', state: 'sending' }])
    second.close()
  })

  it('shares its file with tables of the application', async () => {
    const path = join(folder, 'app.db')
    const own = new DatabaseSync(path)
    own.exec('CREATE TABLE invoice (id TEXT); PRAGMA user_version = 7')
    const store = sqliteStore(path)
    await store.enqueue(delivery)
    expect(own.prepare('PRAGMA user_version').get()).toEqual({ user_version: 7 })
    expect(own.prepare('SELECT count(*) AS n FROM ringback_live').get()).toEqual({ n: 1 })
    store.close()
    own.close()
  })

  it('rejects a second delivery with the same id, and changes nothing', async () => {
    const store = sqliteStore(join(folder, 'callbacks.db'))
    await store.enqueue(delivery)
    await expect(store.enqueue({ ...delivery, owner: 'other' })).rejects.toThrow(/UNIQUE/)
    expect(await store.query()).toMatchObject([{ owner: 'default' }])
    store.close()
  })

  it('refuses a file that a newer version has written', () => {
    const path = join(folder, 'callbacks.db')
    sqliteStore(path).close()
    const database = new DatabaseSync(path)
    database.exec('UPDATE ringback_schema SET version = 99')
    database.close()
    expect(() => sqliteStore(path)).toThrow(/callbacks\.db.* version 99 .* update @ringback/s)
  })

  it.each([
    ['is not a database', 'notes.txt', /notes\.txt' cannot be opened/],
    ['is below a file', 'notes.txt/callbacks.db', /callbacks\.db' cannot be opened/],
  ])('refuses a path that %s, and names it', (_, name, message) => {
    writeFileSync(join(folder, 'notes.txt'), 'not a database, but long enough to look like one')
    expect(() => sqliteStore(join(folder, name))).toThrow(message)
  })

  it('commits simultaneous writes together, and a failure undoes no other write', async () => {
    const store = sqliteStore(join(folder, 'callbacks.db'))
    const results = await Promise.allSettled(
      ['msg_1', 'msg_2', 'msg_1', 'msg_3'].map((id) => store.enqueue({ ...delivery, id })),
    )
    const outcomes = results.map(({ status }) => status)
    expect(outcomes).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
    expect((await store.query()).map(({ id }) => id)).toEqual(['msg_3', 'msg_2', 'msg_1'])
    store.close()
  })

  it('finishes pending writes before it closes', async () => {
    const path = join(folder, 'callbacks.db')
    const store = sqliteStore(path)
    const enqueued = store.enqueue(delivery)
    store.close()
    await enqueued
    const again = sqliteStore(path)
    expect(await again.query()).toHaveLength(1)
    again.close()
  })

  it('reports a locked file, and works again once it is unlocked', async () => {
    const path = join(folder, 'callbacks.db')
    const store = sqliteStore(path)
    const other = new DatabaseSync(path)
    other.exec('BEGIN IMMEDIATE')
    const rejected = await store.enqueue(delivery).catch((error: unknown) => error)
    expect(rejected).toMatchObject({
      name: 'StoreError',
      code: 'locked',
      message: expect.stringContaining(path),
    })
    other.exec('ROLLBACK')
    other.close()
    await store.enqueue(delivery)
    expect(await store.query()).toHaveLength(1)
    store.close()
  })

  it('waits for a locked file without holding up anything else, and gives it up after five seconds', async () => {
    const path = join(folder, 'callbacks.db')
    const store = sqliteStore(path)
    const other = new DatabaseSync(path)
    other.exec('BEGIN IMMEDIATE')
    const results = [store.enqueue(delivery), store.claim({ limit: 1, lease: 1000 })]
    const turns: number[] = []
    for (let n = 0; n < 30; n += 1) {
      const start = performance.now()
      await new Promise((resolve) => setImmediate(resolve))
      turns.push(performance.now() - start)
    }
    expect(await store.query()).toEqual([])
    // each turn waits for the lock for 5 ms at most, and most turns do not try
    expect(turns.sort((a, b) => a - b)[15]).toBeLessThan(5)
    other.exec('ROLLBACK')
    other.close()
    expect(await Promise.all(results)).toMatchObject([
      { kind: 'stored' },
      { deliveries: [{ id: 'msg_1' }] },
    ])
    store.close()
  })

  it('lets the event loop have its turn between many changes', async () => {
    const store = sqliteStore(join(folder, 'callbacks.db'))
    const payload = new Uint8Array(1024 * 1024)
    let isFirstStored = false
    const stored = Array.from({ length: 40 }, (_, n) =>
      store.enqueue({ ...delivery, id: `msg_${n}`, payload }),
    )
    void stored[0]?.then(() => {
      isFirstStored = true
    })
    let turns = 0
    void Promise.all(stored).then(() => {
      turns = Number.POSITIVE_INFINITY
    })
    let before = 0
    for (; turns < 1000; turns += 1) {
      await new Promise((resolve) => setImmediate(resolve))
      if (isFirstStored && Number.isFinite(turns)) before += 1
    }
    expect(before).toBeGreaterThan(1)
    // 4 MB of them are claimed at once
    const { deliveries, nextIn } = await store.claim({ limit: 40, lease: 1000 })
    expect(deliveries.length).toBeLessThan(20)
    expect(nextIn).toBe(0)
    store.close()
  })

  it.each([
    ['settings that are not JSON', "settings = '{40'"],
    ['settings that are no object', "settings = '40'"],
    ['no URL', 'url = NULL'],
    ['an invalid URL', "url = 'nowhere'"],
  ])('lets a row with %s end as dead, while other deliveries are claimed', async (_, damage) => {
    const path = join(folder, 'callbacks.db')
    const time = { at: 1000 }
    const store = sqliteStore(path, { clock: { now: () => time.at } })
    await store.enqueue(delivery)
    await store.enqueue({ ...delivery, id: 'msg_2' })
    const other = new DatabaseSync(path)
    other.exec(`UPDATE ringback_message SET ${damage} WHERE id = 'msg_1'`)
    other.close()

    const claimIds = async () =>
      (await store.claim({ limit: 10, lease: 100 })).deliveries.map(({ id }) => id)
    expect(await claimIds()).toEqual(['msg_2'])
    for (const state of ['scheduled', 'scheduled', 'dead']) {
      time.at += 100
      const { swept } = await store.claim({ limit: 0, lease: 100 })
      expect(swept.find(({ id }) => id === 'msg_1')).toMatchObject({ state })
      await claimIds()
    }
    expect(await store.query({ id: 'msg_1' })).toMatchObject([{ reason: 'internal' }])
    store.close()
  })

  it('names a damaged delivery', async () => {
    const path = join(folder, 'callbacks.db')
    const store = sqliteStore(path)
    await store.enqueue(delivery)
    const other = new DatabaseSync(path)
    other.exec("UPDATE ringback_message SET settings = '{40'")
    other.close()
    await expect(store.find('msg_1')).rejects.toMatchObject({
      name: 'StoreError',
      code: 'corrupt',
      message: expect.stringMatching(/settings .*'msg_1' .*erase the delivery/),
    })
    store.close()
  })

  it('reads a record without a response that cannot be read', async () => {
    const path = join(folder, 'callbacks.db')
    const store = sqliteStore(path)
    const response = { headers: {}, body: 'OK' }
    await store.enqueue(delivery, [{ startedAt: 1, duration: 1, status: 200, response }])
    const other = new DatabaseSync(path)
    other.exec(
      "DROP TRIGGER ringback_attempt_unchanged; UPDATE ringback_attempt SET response = '{'",
    )
    other.close()
    expect((await store.query())[0]?.attempts).toEqual([{ startedAt: 1, duration: 1, status: 200 }])
    store.close()
  })

  it('leaves no trace of erased data, in the file and in its log', async () => {
    const path = join(folder, 'callbacks.db')
    const store = sqliteStore(path)
    const payload = new TextEncoder().encode(`{"secret":"${'hunter2'.repeat(2000)}"}`)
    const { dueAt: _, ...rest } = delivery
    for (const id of ['msg_1', 'msg_2', 'msg_3']) {
      const ended = { ...rest, id, state: 'delivered', owner: 'ann', payload } as const
      const response = { headers: {}, body: 'hunter2' }
      await store.enqueue(ended, [{ startedAt: 1, duration: 1, status: 200, response }])
    }
    await store.enqueue({ ...delivery, id: 'msg_4' })
    const bytes = () => ['', '-wal'].map((suffix) => readFileSync(path + suffix, 'latin1')).join('')
    expect(bytes()).toContain('hunter2')
    expect(await store.erase({ owner: 'ann' })).toBe(3)
    expect(await store.erase({ owner: 'ann' })).toBe(0)
    expect(bytes()).not.toContain('hunter2')
    expect(await store.query()).toMatchObject([{ id: 'msg_4' }])
    store.close()
  })

  it('lets the event loop have its turn while nothing is parked of all that waits', async () => {
    const store = sqliteStore(':memory:')
    for (let n = 0; n < 20_000; n += 1000) {
      const some = Array.from({ length: 1000 }, (_, i) => String(n + i).padStart(6, '0'))
      await Promise.all(some.map((id) => store.enqueue({ ...delivery, id })))
    }
    // what has ended is not walked through
    await store.enqueue({ ...delivery, id: '000000a', state: 'cancelled' })
    let turns = 0
    const timer = setInterval(() => {
      turns += 1
    })
    expect(await store.query({ state: 'parked' })).toEqual([])
    clearInterval(timer)
    expect(turns).toBeGreaterThan(3)
    const waiting = await store.query({ state: 'scheduled', limit: 2 })
    expect(waiting.map(({ id }) => id)).toEqual(['019999', '019998'])
    const rest = await store.query({ state: 'scheduled', cursor: '000003' })
    expect(rest.map(({ id }) => id)).toEqual(['000002', '000001', '000000'])
    expect(await store.query({ state: 'scheduled', limit: 15_000 })).toHaveLength(15_000)
    expect(await store.query({ state: 'cancelled' })).toHaveLength(1)
    store.close()
  })

  it('lets the event loop have its turn while few are found of many', async () => {
    const store = sqliteStore(':memory:')
    for (let n = 0; n < 30_000; n += 1000) {
      const { dueAt: _, ...rest } = delivery
      const some = Array.from({ length: 1000 }, (_, i) => String(n + i).padStart(6, '0'))
      await Promise.all(
        some.map((id) =>
          store.enqueue({ ...rest, id, state: 'delivered', callback: id === '000007' ? 'a' : 'b' }),
        ),
      )
    }
    let turns = 0
    const timer = setInterval(() => {
      turns += 1
    })
    const found = await store.query({ callback: 'a' })
    clearInterval(timer)
    expect(found.map(({ id }) => id)).toEqual(['000007'])
    expect(turns).toBeGreaterThan(3)
    const newest = await store.query({ callback: 'b', limit: 2 })
    expect(newest.map(({ id }) => id)).toEqual(['029999', '029998'])
    expect(await store.query({ since: 0, limit: 9000 })).toHaveLength(9000)
    store.close()
  })

  it('erases few at once, until it knows how long that takes', async () => {
    const store = sqliteStore(':memory:')
    const { dueAt: _, ...rest } = delivery
    for (let n = 0; n < 200; n += 1) {
      await store.enqueue({ ...rest, id: `msg_${n}`, state: 'delivered' })
    }
    const counts: number[] = []
    for (let erased = 1; erased > 0; ) {
      erased = await store.erase({ owner: 'default' })
      counts.push(erased)
    }
    expect(counts[0]).toBeLessThan(20)
    expect(counts.reduce((sum, count) => sum + count)).toBe(200)
    store.close()
  })

  it('overwrites erased data in its log once no other process reads it', async () => {
    const path = join(folder, 'callbacks.db')
    const store = sqliteStore(path)
    const payload = new TextEncoder().encode('"hunter2"')
    const { dueAt: _, ...rest } = delivery
    await store.enqueue({ ...rest, state: 'delivered', payload })
    const reader = new DatabaseSync(path)
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM ringback_done').get()
    const bytes = () => ['', '-wal'].map((suffix) => readFileSync(path + suffix, 'latin1')).join('')
    expect(await store.erase({ owner: 'default' })).toBe(1)
    expect(await store.erase({ owner: 'default' })).toBe(0)
    expect(bytes()).toContain('hunter2')
    reader.exec('COMMIT')
    reader.close()
    await vi.waitFor(() => expect(bytes()).not.toContain('hunter2'), { timeout: 5000 })
    store.close()
  })

  it('goes by one time in all processes, and goes on after a restart with a clock that was set back', async () => {
    const path = join(folder, 'callbacks.db')
    const [ahead, behind] = [{ at: 1_600_000 }, { at: 1_000_000 }]
    const first = sqliteStore(path, { clock: { now: () => ahead.at } })
    const second = sqliteStore(path, { clock: { now: () => behind.at } })
    const retry = { state: 'scheduled', delay: 5000, attemptCount: 1, refusals: 0 } as const
    await first.enqueue({ ...delivery, createdAt: ahead.at, dueAt: ahead.at })
    const [claimed] = (await first.claim({ limit: 1, lease: 1000 })).deliveries
    if (claimed) await first.commit(claimed, retry)
    const claimAt = async (passed: number) => {
      behind.at = 1_000_000 + passed
      return (await second.claim({ limit: 1, lease: 9000 })).deliveries.length
    }
    expect([await claimAt(4000), await claimAt(5500)]).toEqual([0, 1])
    first.close()
    second.close()

    const restarted = { at: 1_000_000 - 3_600_000 }
    const third = sqliteStore(path, { clock: { now: () => restarted.at } })
    restarted.at += 10_000
    expect((await third.claim({ limit: 1, lease: 1000 })).swept).toMatchObject([{ id: 'msg_1' }])
    third.close()
  })

  it.each([
    ['COMMIT', ['msg_1'], 1],
    ['ROLLBACK', [], 0],
  ])('stores in a transaction of the application: %s', async (end, ids, invoices) => {
    const path = join(folder, 'app.db')
    const store = sqliteStore(path)
    const own = new DatabaseSync(path)
    own.exec('CREATE TABLE invoice (id TEXT)')
    own.exec('BEGIN')
    own.exec("INSERT INTO invoice VALUES ('2expen51ve')")
    expect(store.enqueueIn(own, delivery)).toMatchObject({
      kind: 'stored',
      delivery: { id: 'msg_1' },
    })
    expect(await store.query()).toEqual([])
    own.exec(end)
    expect((await store.query()).map(({ id }) => id)).toEqual(ids)
    expect(own.prepare('SELECT count(*) AS n FROM invoice').get()).toEqual({ n: invoices })
    const claimed = await store.claim({ limit: 1, lease: 1 })
    expect(claimed.deliveries).toHaveLength(ids.length)
    own.close()
    store.close()
  })

  it('refuses anything but a transaction on its tables, and says what is needed', () => {
    const store = sqliteStore(join(folder, 'callbacks.db'))
    const other = new DatabaseSync(join(folder, 'other.db'))
    const refusal = expect.objectContaining({ code: 'transaction' })
    expect(() => store.enqueueIn({}, delivery)).toThrow(refusal)
    expect(() => store.enqueueIn(other, delivery)).toThrow(/begin a transaction first/)
    other.exec('BEGIN')
    expect(() => store.enqueueIn(other, delivery)).toThrow(/open it on '.*callbacks\.db'/)
    other.close()
    store.close()
  })
})
