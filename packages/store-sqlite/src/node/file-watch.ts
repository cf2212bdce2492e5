import { realpathSync, type Stats, statSync } from 'node:fs'
import { StoreError } from '../errors.ts'

/**
 * Makes a check that the file at a path, and its write-ahead log, are still those that were open when the check was
 * made; it gives the length of the log in bytes. SQLite goes on writing into files that were unlinked or replaced: what it stores there is lost.
 *
 * @throws {StoreError} `replaced`, when the check fails; it fails from then on
 */
export function watchFile(path: string): () => number {
  if (path === ':memory:') return () => 0
  // the log lies beside the file, wherever a link to it is
  const log = `${realpathSync(path)}-wal`
  const [file, logFile] = [identify(statOf(path)), identify(statOf(log))]
  let isReplaced = false
  return () => {
    const stat = statOf(log)
    isReplaced ||= identify(stat) !== logFile || identify(statOf(path)) !== file
    if (!isReplaced) return stat?.size ?? 0
    throw new StoreError(
      'replaced',
      `the delivery store '${path}' was removed or replaced while it was open, or its log '${path}-wal' was: nothing more is stored in it. Put the file back, and restart the process; copy a store with VACUUM INTO, and never touch its files while it is open`,
    )
  }
}

function statOf(name: string): Stats | undefined {
  return statSync(name, { throwIfNoEntry: false })
}

/** Device and inode of a file; `undefined` when there is none. */
function identify(stat: Stats | undefined): string | undefined {
  return stat && `${stat.dev}:${stat.ino}`
}
