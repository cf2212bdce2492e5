import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type SqliteStore, sqliteStore } from '../sqlite-store.ts'

const MEBIBYTE = 1024 * 1024

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringback-log-'))
  path = join(folder, 'callbacks.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const sizeOf = (name: string) => statSync(name, { throwIfNoEntry: false })?.size ?? 0

let count = 0
async function storeMegabyte(store: SqliteStore): Promise<void> {
  count += 1
  await store.enqueue({
    id: `msg_${count}`,
    state: 'scheduled',
    owner: 'ann',
    operationId: 'postOrders',
    callback: 'paid',
    method: 'post',
    url: 'https://a.example/',
    endpoint: 'https://a.example',
    attemptCount: 0,
    refusals: 0,
    createdAt: 1,
    dueAt: 1,
    payload: new Uint8Array(MEBIBYTE),
  })
}

describe('the write-ahead log', () => {
  it('is copied into the file while the store is open, and begins anew', async () => {
    const store = sqliteStore(path)
    for (let n = 0; n < 6; n += 1) await storeMegabyte(store)
    await vi.waitFor(() => expect(sizeOf(path)).toBeGreaterThan(3 * MEBIBYTE), { timeout: 15_000 })
    let longest = 0
    for (let n = 0; n < 60; n += 1) {
      await storeMegabyte(store)
      longest = Math.max(longest, sizeOf(`${path}-wal`))
    }
    expect(longest).toBeLessThan(24 * MEBIBYTE)
    expect(await store.query({ limit: 100 })).toHaveLength(66)
    store.close()
  })

  it('is gone when the store was closed while it was copied, and nothing is lost', async () => {
    const store = sqliteStore(path)
    for (let n = 0; n < 6; n += 1) await storeMegabyte(store)
    const last = storeMegabyte(store)
    store.close()
    await last
    expect(existsSync(`${path}-wal`)).toBe(false)
    const database = new DatabaseSync(path)
    expect(database.prepare('SELECT count(*) AS n FROM ringback_live').get()).toEqual({ n: 7 })
    database.close()
  })

  it('is not a reason to create the file again when it was removed', async () => {
    const store = sqliteStore(path)
    for (let n = 0; n < 3; n += 1) await storeMegabyte(store)
    rmSync(path)
    for (let n = 0; n < 3; n += 1) {
      await expect(storeMegabyte(store)).rejects.toMatchObject({ code: 'replaced' })
    }
    expect(existsSync(path)).toBe(false)
    store.close()
  })

  it('is copied by the connection itself where a process may have no threads', () => {
    const module = fileURLToPath(new URL('../sqlite-store.ts', import.meta.url))
    const program = `
      const { sqliteStore } = await import(${JSON.stringify(module)})
      const { statSync } = await import('node:fs')
      const store = sqliteStore(${JSON.stringify(path)})
      const payload = new Uint8Array(${MEBIBYTE})
      let longest = 0
      for (let n = 0; n < 40; n += 1) {
        await store.enqueue({ id: 'msg_' + n, state: 'scheduled', owner: 'ann', operationId: 'a', callback: 'b',
          method: 'post', url: 'https://a.example/', endpoint: 'https://a.example', attemptCount: 0, refusals: 0,
          createdAt: 1, dueAt: 1, payload })
        longest = Math.max(longest, statSync(${JSON.stringify(`${path}-wal`)}).size)
      }
      store.close()
      console.log(longest)`
    const flags = ['--permission', '--allow-fs-read=*', '--allow-fs-write=*', '--no-warnings']
    const printed = execFileSync(
      process.execPath,
      [...flags, '--input-type=module', '--eval', program],
      { encoding: 'utf8' },
    )
    expect(Number(printed)).toBeGreaterThan(MEBIBYTE)
    expect(Number(printed)).toBeLessThan(24 * MEBIBYTE)
  })
})
