import { copyFileSync, realpathSync } from 'node:fs'
import { hasLostCommits } from './lost-commits.ts'

/**
 * Says on the console when the log of a file that is about to be opened is damaged so that commits are lost, and copies
 * the log first: SQLite goes on without them, and writes over them.
 */
export function reportDamagedLog(path: string): void {
  const log = `${realPathOf(path)}-wal`
  if (!hasLostCommits(log)) return
  const copy = `${log}.damaged-${Date.now()}`
  copyFileSync(log, copy)
  console.error(
    `ringback: the log of the delivery store '${path}' is damaged, and what was stored last in it is lost: deliveries may be missing, or be sent again. The damaged log is kept as '${copy}'. Check the disk, compare sender.deliveries() with your own records, and send again what is missing; then delete the copy, which has payloads`,
  )
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
