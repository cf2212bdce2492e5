import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StoreError, translateErrors } from './errors.ts'

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringback-'))
  path = join(folder, 'callbacks.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A database with one table. */
function database(options = {}): DatabaseSync {
  const made = new DatabaseSync(path)
  made.exec('PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS t (a)')
  made.close()
  return new DatabaseSync(path, options)
}

function errorOf(work: () => unknown): unknown {
  try {
    translateErrors(path, work)
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

describe('translateErrors', () => {
  it('names a file that cannot be written', () => {
    const given = database({ readOnly: true })
    const error = errorOf(() => given.exec('INSERT INTO t VALUES (1)'))
    expect(error).toMatchObject({ code: 'readonly', message: expect.stringContaining(path) })
    given.close()
  })

  it('names a full disk', () => {
    const given = database()
    given.exec('PRAGMA max_page_count = 5')
    const error = errorOf(() => {
      for (let n = 0; n < 100; n += 1) given.exec('INSERT INTO t VALUES (randomblob(5000))')
    })
    expect(error).toMatchObject({ code: 'full', message: expect.stringMatching(/make room/) })
    given.close()
  })

  it('names a file that another connection holds', () => {
    const given = database()
    const other = database()
    other.exec('BEGIN IMMEDIATE')
    const error = errorOf(() => given.exec('INSERT INTO t VALUES (1)'))
    expect(error).toMatchObject({ code: 'locked' })
    other.close()
    given.close()
  })

  it('names a damaged file', () => {
    const given = database()
    given.exec('CREATE INDEX i ON t (a)')
    for (let n = 0; n < 200; n += 1) given.exec('INSERT INTO t VALUES (randomblob(500))')
    given.close()
    const bytes = readFileSync(path)
    bytes.fill(0xff, 4096 * 2)
    writeFileSync(path, bytes)
    const damaged = new DatabaseSync(path)
    const error = errorOf(() => damaged.prepare('SELECT sum(length(a)) FROM t').all())
    expect(error).toMatchObject({ code: 'corrupt' })
    damaged.close()
  })

  it('keeps the message of SQLite for other errors, and errors of our own', () => {
    const given = database()
    expect(errorOf(() => given.exec('SELECT nothing'))).toMatchObject({
      code: 'failed',
      cause: expect.objectContaining({ message: expect.stringContaining('nothing') }),
    })
    const own = new StoreError('newer', 'own')
    expect(
      errorOf(() => {
        throw own
      }),
    ).toBe(own)
    given.close()
  })
})
