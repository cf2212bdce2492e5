import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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
