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
    expect(await store.erase({ endedBefore: NOW })).toBe(3)
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
