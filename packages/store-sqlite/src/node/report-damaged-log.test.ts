import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sqliteStore } from '../sqlite-store.ts'

let folder = ''
let path = ''
let log = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringback-'))
  path = join(folder, 'callbacks.db')
  log = `${path}-wal`
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

const FRAME = 24 + 4096
const delivery = (id: string) =>
  ({
    id,
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
  }) as const

/** Leaves the file and its log as a process that was killed does. */
async function leave(begin = () => {}) {
  const other = join(folder, 'other.db')
  const store = sqliteStore(other)
  for (const n of [1, 2, 3, 4, 5]) await store.enqueue(delivery(`msg_${n}`))
  begin()
  await store.enqueue(delivery('msg_6'))
  copyFileSync(other, path)
  copyFileSync(`${other}-wal`, log)
  store.close()
}
function alter(change: (bytes: Buffer) => Buffer) {
  const bytes = readFileSync(log)
  writeFileSync(log, change(bytes))
}
/** Opens the file; gives the lines of the console, the copies of the log, and the deliveries. */
async function open() {
  const error = vi.spyOn(console, 'error').mockReturnValue()
  const store = sqliteStore(path)
  const ids = (await store.query()).map(({ id }) => id)
  store.close()
  const lines = error.mock.calls.map(([line]) => String(line))
  const copies = readdirSync(folder).filter((name) => name.includes('-wal.damaged'))
  return { lines, copies, ids }
}

describe('a log that is damaged', () => {
  it.each([
    ['data', 24 + 100],
    ['checksum', 16],
    ['salt', 8],
  ])('in the %s of a frame is said at opening, and kept', async (_, offset) => {
    await leave()
    let damaged: Buffer = Buffer.alloc(0)
    alter((bytes) => {
      const frames = (bytes.length - 32) / FRAME
      const at = 32 + (frames - 8) * FRAME + offset
      bytes[at] = (bytes[at] ?? 0) ^ 1
      damaged = bytes
      return bytes
    })
    const { lines, copies, ids } = await open()
    expect(lines).toEqual([
      expect.stringContaining(`the log of the delivery store '${path}' is damaged`),
    ])
    expect(copies).toHaveLength(1)
    expect(readFileSync(join(folder, copies[0] ?? '')).equals(damaged)).toBe(true)
    expect(ids.length).toBeLessThan(6)
    // the file itself is whole
    expect((await open()).copies).toHaveLength(1)
  })

  it.each([13, 17])('in byte %i of its header is said', async (at) => {
    await leave()
    alter((bytes) => {
      bytes[at] = (bytes[at] ?? 0) ^ 1
      return bytes
    })
    expect((await open()).lines).toHaveLength(1)
  })
})

describe('nothing is said of a log that', () => {
  it('is whole', async () => {
    await leave()
    expect(await open()).toMatchObject({ lines: [], copies: [] })
  })

  it('ends with a frame that is half written', async () => {
    await leave()
    alter((bytes) => bytes.subarray(0, bytes.length - 1000))
    const { lines, ids } = await open()
    expect(lines).toEqual([])
    expect(ids).toHaveLength(5)
  })

  it('was begun anew over a longer one', async () => {
    await leave(() => {
      const other = new DatabaseSync(join(folder, 'other.db'))
      other.exec('PRAGMA wal_checkpoint(RESTART)')
      other.close()
    })
    const { lines, ids } = await open()
    expect(lines).toEqual([])
    expect(ids).toHaveLength(6)
  })

  it('is empty, or no log', async () => {
    sqliteStore(path).close()
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(20), Buffer.alloc(10_000, 7)]) {
      writeFileSync(log, bytes)
      expect((await open()).lines).toEqual([])
    }
  })
})
