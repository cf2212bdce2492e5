import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sqliteStore } from './sqlite-store.ts'

// written by the first version: one delivery each that is delivered, dead, unresolvable, sending, and two scheduled
const VERSION_1 = join(import.meta.dirname, '../test/version-1.db')
const NOW = 1_700_000_150_000

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringback-'))
  path = join(folder, 'callbacks.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('a file that the first version has written', () => {
  it('is read completely', async () => {
    copyFileSync(VERSION_1, path)
    const store = sqliteStore(path, { clock: { now: () => NOW } })
    const records = await store.query()
    expect(records.map(({ state }) => state)).toEqual([
      'scheduled',
      'scheduled',
      'sending',
      'unresolvable',
      'dead',
      'delivered',
    ])
    expect(records.at(-2)).toMatchObject({
      reason: 'exhausted',
      detail: 'answered 500',
      endpoint: 'https://www.external.org',
      attempts: [
        { startedAt: 1_700_000_000_000, duration: 12, status: 500, detail: 'answered 500' },
      ],
    })
    store.close()
  })

  it('is sent from: due deliveries, and those whose lease was lost', async () => {
    copyFileSync(VERSION_1, path)
    const store = sqliteStore(path, { clock: { now: () => NOW } })
    const { deliveries, swept, nextIn } = await store.claim({ limit: 10, lease: 60_000 })
    expect(swept).toMatchObject([{ owner: 'ann' }])
    expect(deliveries.map(({ url }) => url).sort()).toEqual([
      'https://www.external.org/events/invoices/4',
      'https://www.external.org/events/invoices/6',
    ])
    expect(new TextDecoder().decode(deliveries[0]?.payload)).toBe('{"paid":true}')
    expect(nextIn).toBe(50_000)
    expect(await store.erase({ age: 0 })).toBe(3)
    store.close()
  })

  it('has the same tables afterwards as a new file', () => {
    copyFileSync(VERSION_1, path)
    sqliteStore(path).close()
    const fresh = join(folder, 'fresh.db')
    sqliteStore(fresh).close()
    expect(schemaOf(path)).toEqual(schemaOf(fresh))
  })
})

describe.each([2, 3, 4, 5])('a file that version %i has written', (version) => {
  const at = 1_700_000_000_000
  const open = () => {
    copyFileSync(join(import.meta.dirname, `../test/version-${version}.db`), path)
    const time = { at }
    return { time, store: sqliteStore(path, { clock: { now: () => time.at } }) }
  }

  it('is read completely', async () => {
    const { store } = open()
    const records = await store.query()
    expect(records.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'msg_10 sending',
      'msg_09 cancelled',
      'msg_08 scheduled',
      'msg_07 scheduled',
      'msg_06 sending',
      'msg_05 parked',
      'msg_04 unresolvable',
      'msg_03 scheduled',
      'msg_02 dead',
      'msg_01 delivered',
    ])
    expect(records.at(-1)).toEqual({
      id: 'msg_01',
      state: 'delivered',
      owner: 'default',
      operationId: 'postInvoices',
      callback: 'invoiceNotification',
      method: 'post',
      url: 'https://www.external.org/events/invoices/msg_01',
      endpoint: 'https://www.external.org',
      attemptCount: 1,
      createdAt: at,
      attempts: [
        {
          startedAt: at,
          duration: 12,
          status: 200,
          bytes: 11,
          response: { headers: { 'content-type': 'application/json' }, body: '{"ok":true}' },
        },
      ],
    })
    expect(records.at(-2)).toMatchObject({ reason: 'exhausted', detail: 'answered 500' })
    expect(await store.find('msg_07')).toMatchObject({
      settings: { finalStatuses: [409, 422] },
      orderKey: 'a',
    })
    expect(records[0]).toMatchObject({ redriveOf: 'msg_01' })
    store.close()
  })

  it('is sent from, in order, under its leases, holds and dedupe keys', async () => {
    const { store, time } = open()
    const ids = async () => {
      const { deliveries } = await store.claim({ limit: 10, lease: 600_000 })
      return deliveries.map(({ id }) => id).sort()
    }
    expect(await ids()).toEqual([])
    time.at += 20_000
    // msg_08 has expired, msg_07 waits for msg_06
    expect(await ids()).toEqual([])
    expect((await store.query({ id: 'msg_08' }))[0]).toMatchObject({ reason: 'expired' })
    const known = await store.find('msg_06')
    const again = known && (await store.enqueue({ ...known, id: 'msg_11' }))
    expect(again).toMatchObject({ kind: 'duplicate', delivery: { id: 'msg_06' } })
    time.at = at + 45_000
    expect(await ids()).toEqual(['msg_06', 'msg_10'])
    time.at = at + 90_000
    expect(await ids()).toEqual(['msg_03', 'msg_05'])
    expect((await store.query({ state: 'sending' })).map(({ id }) => id)).toContain('msg_05')
    store.close()
  })

  it('keeps what it counts by owner, and the exchanges that it has', async () => {
    const { store } = open()
    expect(await store.erase({ beyond: { count: 3, bytes: 1000 } })).toBe(1)
    expect((await store.query({ id: 'msg_01' })).length).toBe(0)
    const place = { owner: 'cat', operationId: 'postInvoices', key: 'invoice-7' }
    const kept = await store.findExchange(place)
    if (version >= 4) expect(kept).toMatchObject({ ...place, validated: ['query'] })
    else expect(kept).toBeUndefined()
    store.close()
  })

  it('has the same tables afterwards as a new file', () => {
    open().store.close()
    const fresh = join(folder, 'fresh.db')
    sqliteStore(fresh).close()
    expect(schemaOf(path)).toEqual(schemaOf(fresh))
  })
})

describe('the schema', () => {
  it('does not let an attempt be changed', async () => {
    copyFileSync(VERSION_1, path)
    sqliteStore(path).close()
    const database = new DatabaseSync(path)
    expect(() => database.exec('UPDATE ringback_attempt SET status = 200')).toThrow(/never changes/)
    database.close()
  })
})

function schemaOf(file: string): unknown[] {
  const database = new DatabaseSync(file)
  const rows = database.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all()
  database.close()
  return rows.map(({ name, sql }) => [name, String(sql).replaceAll(/\s+/g, ' ')])
}
