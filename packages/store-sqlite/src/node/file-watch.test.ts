import { copyFileSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { sqliteStore } from '../sqlite-store.ts'

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringback-'))
  path = join(folder, 'callbacks.db')
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

it.each([
  ['the file is unlinked', () => unlinkSync(path)],
  ['its log is unlinked', () => unlinkSync(`${path}-wal`)],
  [
    'the file is replaced by a copy',
    () => {
      copyFileSync(path, `${path}.copy`)
      renameSync(`${path}.copy`, path)
    },
  ],
  [
    'its log is replaced',
    () => {
      copyFileSync(`${path}-wal`, `${path}.copy`)
      renameSync(`${path}.copy`, `${path}-wal`)
    },
  ],
])('accepts nothing more when %s, and says so', async (_, replace) => {
  const store = sqliteStore(path)
  await store.enqueue(delivery)
  replace()
  const replaced = { name: 'StoreError', code: 'replaced', message: expect.stringContaining(path) }
  await expect(store.enqueue({ ...delivery, id: 'msg_2' })).rejects.toMatchObject(replaced)
  await expect(store.claim({ limit: 1, lease: 1000 })).rejects.toMatchObject(replaced)
  const own = new DatabaseSync(path)
  own.exec('BEGIN')
  expect(() => store.enqueueIn(own, { ...delivery, id: 'msg_3' })).toThrow(
    expect.objectContaining(replaced),
  )
  own.close()
  store.close()
})

it('accepts nothing more when the log is unlinked of a file that was opened by a link', async () => {
  sqliteStore(path).close()
  const link = join(folder, 'link.db')
  symlinkSync(path, link)
  const store = sqliteStore(link)
  await store.enqueue(delivery)
  unlinkSync(`${path}-wal`)
  await expect(store.enqueue({ ...delivery, id: 'msg_2' })).rejects.toMatchObject({
    code: 'replaced',
  })
  store.close()
})

it('lets another process open, write and close the file', async () => {
  const store = sqliteStore(path)
  await store.enqueue(delivery)
  const other = sqliteStore(path)
  await other.enqueue({ ...delivery, id: 'msg_2' })
  other.close()
  await store.enqueue({ ...delivery, id: 'msg_3' })
  expect(await store.query()).toHaveLength(3)
  store.close()
})
