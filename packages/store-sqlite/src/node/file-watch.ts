import { realpathSync, statSync } from 'node:fs'
import { StoreError } from '../errors.ts'

/**
 * Makes a check that the file at a path, and its write-ahead log, are still those that were open when the check was
 * made. SQLite goes on writing into files that were unlinked or replaced: what it stores there is lost.
 *
 * @throws {StoreError} `replaced`, when the check fails; it fails from then on
 */
export function watchFile(path: string): () => void {
  if (path === ':memory:') return () => {}
  // the log lies beside the file, wherever a link to it is
  const files = [path, `${realpathSync(path)}-wal`].map((name) => ({ name, id: identify(name) }))
  let isReplaced = false
  return () => {
    isReplaced ||= files.some(({ name, id }) => identify(name) !== id)
    if (!isReplaced) return
    throw new StoreError(
      'replaced',
      `the delivery store '${path}' was removed or replaced while it was open, or its log '${path}-wal' was: nothing more is stored in it. Put the file back, and restart the process; copy a store with VACUUM INTO, and never touch its files while it is open`,
    )
  }
}

/** Device and inode of a file; `undefined` when there is none. */
function identify(name: string): string | undefined {
  const found = statSync(name, { throwIfNoEntry: false })
  return found && `${found.dev}:${found.ino}`
}
