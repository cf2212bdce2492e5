import { resolve as resolvePath } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { SqlDriver } from '../sql/sql-driver.ts'

/** Copies the write-ahead log into the file on a thread, since the event loop would wait for the disk. */
export interface LogCopier {
  /** Is told the length of the log in bytes before each change; a promise says that the change is to wait for it. */
  makeRoom(length: number): Promise<void> | undefined
  /** Copies all of the log and cuts it off; `false` while somebody else reads or writes the file. */
  empty(): Promise<boolean>
  /** Waits for the thread, so that the connection which is then closed is the last. */
  close(): void
}

type Mode = 'PASSIVE' | 'TRUNCATE'

const MEBIBYTE = 1024 * 1024
// a page that changes often is copied only once
const LONG = 4 * MEBIBYTE
// it begins anew only when all is copied and nobody writes
const TOO_LONG = 4 * LONG
const PATIENCE = 5000
// a connection that copies its log itself does so at this length
const LOG_PAGES = 1000

// text, so that this package stays one module in every bundle. The connection is closed each time, since the last one
// that closes the file empties the log. What a first copy leaves is little: the second one locks others out
const PROGRAM = `
const { existsSync } = require('node:fs')
const { DatabaseSync } = require('node:sqlite')
const { parentPort, workerData } = require('node:worker_threads')
const busy = new Int32Array(workerData.busy)
function copy(mode) {
  // it would be created
  if (!existsSync(workerData.path)) return false
  const database = new DatabaseSync(workerData.path)
  try {
    database.exec('PRAGMA busy_timeout = 5')
    const run = (one) => database.prepare('PRAGMA wal_checkpoint(' + one + ')').get()
    run('PASSIVE')
    return mode === 'PASSIVE' || run(mode).busy === 0
  } finally {
    database.close()
  }
}
parentPort.on('message', (mode) => {
  let isCopied = false
  try {
    isCopied = copy(mode)
  } catch {
    // tried again with the next change; a connection that writes is told the same error, and its user with it
  }
  Atomics.store(busy, 0, 0)
  Atomics.notify(busy, 0)
  parentPort.postMessage(isCopied)
})
`

/** Makes the copier of a file's log. It starts its thread once there is something to copy. */
export function createLogCopier(path: string, driver: SqlDriver): LogCopier {
  if (path === ':memory:') {
    return { makeRoom: () => undefined, empty: async () => true, close: () => {} }
  }
  const busy = new Int32Array(new SharedArrayBuffer(4))
  let worker: Worker | undefined
  let hasThread = true
  let copying: Promise<boolean> | undefined
  // the length at which the last copy began, and that up to which changes waited
  let copied = 0
  let waited = 0

  const doWithoutThread = () => {
    hasThread = false
    Atomics.store(busy, 0, 0)
    driver.get(`PRAGMA wal_autocheckpoint = ${LOG_PAGES}`)
  }
  const startWorker = (): Worker => {
    const started = new Worker(PROGRAM, {
      eval: true,
      workerData: { path: resolvePath(path), busy: busy.buffer },
      env: {},
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
    started.on('error', doWithoutThread)
    return started
  }
  const copyOnThread = (mode: Mode): Promise<boolean> =>
    new Promise((resolve) => {
      worker ??= startWorker()
      const running = worker
      // who awaits the copy is not to see the process end
      running.ref()
      const end = (isCopied: boolean) => {
        running.off('message', end)
        running.off('exit', endWithout)
        running.unref()
        resolve(isCopied)
      }
      const endWithout = () => end(false)
      running.on('message', end)
      running.on('exit', endWithout)
      Atomics.store(busy, 0, 1)
      running.postMessage(mode)
    })
  const copy = async (mode: Mode): Promise<boolean> => {
    try {
      if (hasThread) return await copyOnThread(mode)
    } catch {
      // a process may be allowed no threads
      doWithoutThread()
    }
    return mode === 'PASSIVE' || emptyLog(driver)
  }
  const copyNext = (mode: Mode): Promise<boolean> => {
    const next = (copying ?? Promise.resolve()).then(() => copy(mode))
    copying = next
    void next.then(() => {
      if (copying === next) copying = undefined
    })
    return next
  }

  return {
    makeRoom(length) {
      // it began anew
      if (length < copied) [copied, waited] = [0, 0]
      if (!hasThread || length - copied < LONG) return undefined
      copied = length
      const next = copyNext('PASSIVE')
      if (length - waited < TOO_LONG) return undefined
      waited = length
      return next.then(() => {})
    },
    empty: () => copyNext('TRUNCATE'),
    close() {
      Atomics.wait(busy, 0, 1, PATIENCE)
      void worker?.terminate()
    },
  }
}

function emptyLog(driver: SqlDriver): boolean {
  try {
    return driver.get('PRAGMA wal_checkpoint(TRUNCATE)')?.busy === 0
  } catch {
    return false
  }
}
