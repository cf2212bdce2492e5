import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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
  attempts: 0,
  refusals: 0,
  createdAt: 1,
  dueAt: 1,
  payload: new Uint8Array([1, 2]),
} as const

describe('sqliteStore', () => {
  it('makes the file and its folder, and finds again what it stored', async () => {
    const path = join(folder, 'a/b/callbacks.db')
    const first = sqliteStore(path)
    await first.enqueue(delivery)
    await first.claim({ limit: 1, lease: 1000 })
    first.close()

    const second = sqliteStore(path, { durability: 'full' })
    expect(await second.query()).toMatchObject([{ id: 'msg_1', state: 'sending' }])
    second.close()
  })

  it('shares its file with the tables of the application', async () => {
    const path = join(folder, 'app.db')
    const own = new DatabaseSync(path)
    own.exec('CREATE TABLE invoice (id TEXT); PRAGMA user_version = 7')
    const store = sqliteStore(path)
    await store.enqueue(delivery)
    expect(own.prepare('PRAGMA user_version').get()).toEqual({ user_version: 7 })
    expect(own.prepare('SELECT count(*) AS n FROM ringback_delivery').get()).toEqual({ n: 1 })
    store.close()
    own.close()
  })

  it('changes nothing when a delivery is stored twice', async () => {
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
    ['is no database', 'notes.txt', /notes\.txt' cannot be opened/],
    ['lies under a file', 'notes.txt/callbacks.db', /callbacks\.db' cannot be opened/],
  ])('refuses a path that %s, and names it', (_, name, message) => {
    writeFileSync(join(folder, 'notes.txt'), 'not a database, but long enough to look like one')
    expect(() => sqliteStore(join(folder, name))).toThrow(message)
  })
})
