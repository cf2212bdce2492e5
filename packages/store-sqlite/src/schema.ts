import type { DatabaseSync } from 'node:sqlite'
import { rollBack } from './roll-back.ts'

/** The schema, one step a version; a released step never changes. */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE ringback_delivery (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    owner TEXT NOT NULL,
    operation_id TEXT NOT NULL,
    callback TEXT NOT NULL,
    method TEXT NOT NULL,
    url TEXT,
    payload BLOB NOT NULL,
    reason TEXT,
    detail TEXT,
    attempts INTEGER NOT NULL,
    refusals INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    due_at INTEGER,
    lease INTEGER NOT NULL DEFAULT 0,
    lease_ends_at INTEGER,
    lost_leases INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ringback_delivery_due ON ringback_delivery (due_at) WHERE state = 'scheduled';
  CREATE INDEX ringback_delivery_lease ON ringback_delivery (lease_ends_at) WHERE state = 'sending';
  CREATE INDEX ringback_delivery_state ON ringback_delivery (state, id);
  CREATE TABLE ringback_attempt (
    delivery_id TEXT NOT NULL REFERENCES ringback_delivery (id) ON DELETE CASCADE,
    started_at INTEGER NOT NULL,
    duration INTEGER NOT NULL,
    status INTEGER,
    detail TEXT
  ) STRICT;
  CREATE INDEX ringback_attempt_delivery ON ringback_attempt (delivery_id);
  `,
]

/**
 * Brings the tables to this version of the package. The version stands in a table of its own, since the
 * file may be the application's as well.
 *
 * @throws {Error} when a newer version of the package has written the file
 */
export function migrate(database: DatabaseSync, path: string): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    database.exec('CREATE TABLE IF NOT EXISTS ringback_schema (version INTEGER NOT NULL) STRICT')
    const row = database.prepare('SELECT max(version) AS version FROM ringback_schema').get()
    const version = Number(row?.version ?? 0)
    if (version > MIGRATIONS.length) {
      throw new Error(
        `'${path}' has version ${version} of the delivery tables, and this package knows ${MIGRATIONS.length}: update @ringback/store-sqlite`,
      )
    }
    for (const step of MIGRATIONS.slice(version)) database.exec(step)
    if (version < MIGRATIONS.length) {
      database.exec('DELETE FROM ringback_schema')
      database.prepare('INSERT INTO ringback_schema VALUES (?)').run(MIGRATIONS.length)
    }
    database.exec('COMMIT')
  } catch (error) {
    rollBack(database)
    throw error
  }
}
