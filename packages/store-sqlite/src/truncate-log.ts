import type { DatabaseSync } from 'node:sqlite'

/** Empties the write-ahead log, which still holds what was erased; as soon as no other process reads it. */
export function truncateLog(database: DatabaseSync): void {
  database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()
}
