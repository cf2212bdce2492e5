import type { SqlDriver } from './sql-driver.ts'

/** One step of the schema. */
export type Migration = (driver: SqlDriver) => void

// the latest time that a Date can hold
export const LATEST = '8640000000000000'

/** The version that an empty database begins with; only files have older ones. */
export const FIRST_VERSION = 5

/** The table of kept exchanges, which is as old as version 4. */
export const EXCHANGES = `
  CREATE TABLE ringback_exchange (
    owner TEXT NOT NULL,
    operation_id TEXT NOT NULL,
    key TEXT NOT NULL,
    kept_at INTEGER NOT NULL,
    exchange TEXT NOT NULL,
    PRIMARY KEY (owner, key, operation_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ringback_exchange_kept ON ringback_exchange (kept_at);
`

/** The other tables of that version, in which what is written once stands apart from what changes. */
export const TABLES: string = `
  CREATE TABLE ringback_message (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    owner TEXT NOT NULL,
    operation_id TEXT NOT NULL,
    callback TEXT NOT NULL,
    method TEXT NOT NULL,
    url TEXT,
    created_at INTEGER NOT NULL CHECK (created_at BETWEEN 0 AND ${LATEST}),
    dedupe_key TEXT,
    exchange_key TEXT,
    settings TEXT,
    payload BLOB NOT NULL
  ) STRICT;
  CREATE TABLE ringback_live (
    id TEXT PRIMARY KEY,
    message INTEGER NOT NULL,
    owner TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'scheduled' CHECK (state IN ('scheduled', 'sending')),
    due_at INTEGER NOT NULL CHECK (due_at BETWEEN 0 AND ${LATEST}),
    waiting INTEGER NOT NULL DEFAULT 0,
    expires_at INTEGER CHECK (expires_at BETWEEN 0 AND ${LATEST}),
    order_key TEXT,
    redrive_of TEXT,
    detail TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    refusals INTEGER NOT NULL DEFAULT 0,
    lease INTEGER NOT NULL DEFAULT 0,
    lease_ends_at INTEGER CHECK (lease_ends_at BETWEEN 0 AND ${LATEST}),
    lost_leases INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE ringback_done (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    message INTEGER NOT NULL,
    owner TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    detail TEXT,
    expires_at INTEGER,
    order_key TEXT,
    redrive_of TEXT,
    attempts INTEGER NOT NULL,
    refusals INTEGER NOT NULL,
    lease INTEGER NOT NULL DEFAULT 0,
    ended_at INTEGER NOT NULL CHECK (ended_at BETWEEN 0 AND ${LATEST}),
    bytes INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE ringback_attempt (
    delivery TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    duration INTEGER NOT NULL,
    status INTEGER,
    reason TEXT,
    detail TEXT,
    bytes INTEGER,
    body TEXT,
    response TEXT,
    orphan INTEGER
  ) STRICT;
  CREATE TABLE ringback_endpoint (
    owner TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    ready_at REAL,
    turn_at REAL NOT NULL DEFAULT 0,
    used_up_to REAL NOT NULL DEFAULT 0,
    held_until INTEGER,
    paced_until INTEGER,
    health TEXT,
    PRIMARY KEY (owner, endpoint)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE ringback_owner (
    owner TEXT PRIMARY KEY,
    ready_at REAL,
    turn_at REAL NOT NULL DEFAULT 0,
    used_up_to REAL NOT NULL DEFAULT 0,
    kept INTEGER NOT NULL DEFAULT 0,
    kept_bytes INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE ringback_time (at INTEGER NOT NULL) STRICT;
`

/** Their indexes, which are made once the tables are filled. */
export const INDEXES = `
  CREATE UNIQUE INDEX ringback_message_dedupe
    ON ringback_message (owner, operation_id, callback, dedupe_key)
    WHERE dedupe_key IS NOT NULL;
  CREATE INDEX ringback_message_exchange ON ringback_message (owner, exchange_key)
    WHERE exchange_key IS NOT NULL;
  CREATE INDEX ringback_live_owner ON ringback_live (owner);
  CREATE INDEX ringback_live_queue ON ringback_live (owner, endpoint, due_at, id)
    WHERE state = 'scheduled' AND waiting = 0;
  CREATE INDEX ringback_live_sending ON ringback_live (owner, endpoint, lease_ends_at)
    WHERE state = 'sending';
  CREATE INDEX ringback_live_order ON ringback_live (owner, endpoint, order_key, id)
    WHERE order_key IS NOT NULL;
  CREATE INDEX ringback_live_expiry ON ringback_live (expires_at)
    WHERE expires_at IS NOT NULL AND state = 'scheduled';
  CREATE UNIQUE INDEX ringback_done_id ON ringback_done (id);
  CREATE INDEX ringback_done_owner ON ringback_done (owner, id);
  CREATE INDEX ringback_done_failed ON ringback_done (state, id) WHERE state <> 'delivered';
  CREATE INDEX ringback_attempt_of ON ringback_attempt (delivery);
  CREATE INDEX ringback_endpoint_ready ON ringback_endpoint (owner, ready_at)
    WHERE ready_at IS NOT NULL;
  CREATE INDEX ringback_owner_ready ON ringback_owner (ready_at) WHERE ready_at IS NOT NULL;
  CREATE TRIGGER ringback_attempt_unchanged BEFORE UPDATE ON ringback_attempt
    BEGIN SELECT RAISE(ABORT, 'an attempt never changes'); END
`

/** Makes the tables in an empty database. */
export function createTables(driver: SqlDriver): void {
  execute(driver, EXCHANGES + TABLES + INDEXES)
}

/** The steps from that version on, one a version; a released step never changes. */
export const MIGRATIONS: readonly Migration[] = [
  // registered endpoints, and messages of several deliveries
  (driver) =>
    execute(
      driver,
      `
      CREATE TABLE ringback_subscription (
        id TEXT PRIMARY KEY,
        owner TEXT NOT NULL,
        external_id TEXT,
        url TEXT NOT NULL,
        events TEXT NOT NULL,
        reason TEXT,
        failing_since INTEGER,
        keys TEXT NOT NULL,
        sealed_headers TEXT,
        details TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX ringback_subscription_owner ON ringback_subscription (owner, id);
      CREATE UNIQUE INDEX ringback_subscription_external
        ON ringback_subscription (owner, external_id) WHERE external_id IS NOT NULL;
      CREATE TABLE ringback_publication (
        message INTEGER PRIMARY KEY,
        owner TEXT NOT NULL,
        operation_id TEXT NOT NULL,
        callback TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        order_key TEXT,
        dedupe_key TEXT,
        deliveries INTEGER NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX ringback_publication_dedupe
        ON ringback_publication (owner, operation_id, callback, dedupe_key)
        WHERE dedupe_key IS NOT NULL;
      CREATE INDEX ringback_publication_time ON ringback_publication (owner, created_at);
      ALTER TABLE ringback_endpoint ADD COLUMN concurrency INTEGER;
      ALTER TABLE ringback_endpoint ADD COLUMN rate REAL`,
    ),

  // counts of deliveries, attempts and latencies, by spans of time
  (driver) =>
    execute(
      driver,
      `
      CREATE TABLE ringback_count (
        scope INTEGER NOT NULL,
        owner TEXT NOT NULL,
        at INTEGER NOT NULL,
        length INTEGER NOT NULL,
        callback TEXT NOT NULL,
        endpoint TEXT NOT NULL,
        name TEXT NOT NULL,
        n INTEGER NOT NULL,
        PRIMARY KEY (scope, owner, at, length, callback, endpoint, name)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX ringback_count_age ON ringback_count (length, at);`,
    ),

  // what waits for a callback or an endpoint is counted by indexes alone
  (driver) =>
    execute(
      driver,
      `
      ALTER TABLE ringback_live ADD COLUMN callback TEXT NOT NULL DEFAULT '';
      UPDATE ringback_live SET callback = coalesce(
        (SELECT m.callback FROM ringback_message AS m WHERE m.seq = ringback_live.message), '');
      DROP INDEX ringback_live_queue;
      CREATE INDEX ringback_live_queue ON ringback_live (owner, endpoint, due_at, id, callback)
        WHERE state = 'scheduled' AND waiting = 0;
      CREATE INDEX ringback_live_callback ON ringback_live (callback, due_at, owner, endpoint)
        WHERE state = 'scheduled' AND waiting = 0;
      CREATE INDEX ringback_live_behind ON ringback_live (owner, endpoint, callback)
        WHERE waiting = 1;
      CREATE INDEX ringback_endpoint_everywhere ON ringback_endpoint (endpoint);`,
    ),
]

/** Executes statements, each of which ends with its line. */
export function execute(driver: SqlDriver, sql: string): void {
  for (const statement of sql.split(/;\s*(?:\n|$)/)) {
    if (statement.trim() !== '') driver.run(statement)
  }
}
