import type { SqlDriver } from './sql-driver.ts'

// the latest time that a Date can hold
const LATEST = '8640000000000000'

/** The schema, one step a version; a released step never changes. */
export const MIGRATIONS: readonly ((driver: SqlDriver) => void)[] = [
  (driver) =>
    execute(
      driver,
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
      CREATE INDEX ringback_attempt_delivery ON ringback_attempt (delivery_id);`,
    ),

  // a queue for each endpoint, order keys, dedupe keys, expiry, retention, details of attempts
  (driver) => {
    execute(
      driver,
      `
      ALTER TABLE ringback_delivery ADD COLUMN endpoint TEXT NOT NULL DEFAULT '';
      ALTER TABLE ringback_delivery ADD COLUMN final_statuses TEXT;
      ALTER TABLE ringback_delivery ADD COLUMN order_key TEXT;
      ALTER TABLE ringback_delivery ADD COLUMN dedupe_key TEXT;
      ALTER TABLE ringback_delivery ADD COLUMN redrive_of TEXT;
      ALTER TABLE ringback_delivery ADD COLUMN expires_at INTEGER;
      ALTER TABLE ringback_delivery ADD COLUMN ended_at INTEGER;
      ALTER TABLE ringback_delivery ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0;
      DROP INDEX ringback_delivery_due;
      DROP INDEX ringback_delivery_state;
      CREATE INDEX ringback_delivery_live ON ringback_delivery (id) WHERE ended_at IS NULL;
      CREATE INDEX ringback_delivery_failed ON ringback_delivery (state, id)
        WHERE ended_at IS NOT NULL AND state <> 'delivered';
      CREATE INDEX ringback_delivery_queue ON ringback_delivery (owner, endpoint, due_at, id)
        WHERE state = 'scheduled' AND waiting = 0;
      CREATE INDEX ringback_delivery_sending ON ringback_delivery (owner, endpoint)
        WHERE state = 'sending';
      CREATE INDEX ringback_delivery_order ON ringback_delivery (owner, endpoint, order_key, id)
        WHERE order_key IS NOT NULL AND ended_at IS NULL;
      CREATE UNIQUE INDEX ringback_delivery_dedupe
        ON ringback_delivery (owner, operation_id, callback, dedupe_key)
        WHERE dedupe_key IS NOT NULL;
      CREATE INDEX ringback_delivery_expiry ON ringback_delivery (expires_at)
        WHERE expires_at IS NOT NULL AND state = 'scheduled';
      CREATE INDEX ringback_delivery_ended ON ringback_delivery (ended_at, id)
        WHERE ended_at IS NOT NULL;
      CREATE TABLE ringback_endpoint (
        owner TEXT NOT NULL,
        endpoint TEXT NOT NULL,
        ready_at INTEGER,
        held_until INTEGER,
        paced_until INTEGER,
        used_up_to REAL NOT NULL DEFAULT 0,
        PRIMARY KEY (owner, endpoint)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX ringback_endpoint_ready ON ringback_endpoint (ready_at)
        WHERE ready_at IS NOT NULL;
      CREATE TABLE ringback_owner (
        owner TEXT PRIMARY KEY,
        used_up_to REAL NOT NULL
      ) STRICT, WITHOUT ROWID;
      ALTER TABLE ringback_attempt ADD COLUMN reason TEXT;
      ALTER TABLE ringback_attempt ADD COLUMN bytes INTEGER;
      ALTER TABLE ringback_attempt ADD COLUMN body TEXT;
      ALTER TABLE ringback_attempt ADD COLUMN answer TEXT;
      ALTER TABLE ringback_attempt ADD COLUMN orphan INTEGER;
      CREATE TRIGGER ringback_attempt_immutable BEFORE UPDATE ON ringback_attempt
        BEGIN SELECT RAISE(ABORT, 'an attempt never changes'); END;
      UPDATE ringback_delivery SET ended_at = created_at WHERE state NOT IN ('scheduled', 'sending');`,
    )
    const setEndpoint = 'UPDATE ringback_delivery SET endpoint = ? WHERE id = ?'
    const urls = driver.all('SELECT id, url FROM ringback_delivery WHERE url IS NOT NULL')
    for (const { id, url } of urls) {
      if (URL.canParse(String(url)))
        driver.run(setEndpoint, new URL(String(url)).origin, String(id))
    }
    execute(
      driver,
      `
      INSERT INTO ringback_endpoint (owner, endpoint, ready_at)
      SELECT owner, endpoint, min(iif(state = 'scheduled', due_at, NULL)) FROM ringback_delivery
      WHERE state IN ('scheduled', 'sending') GROUP BY owner, endpoint`,
    )
  },

  // one index of the few deliveries that are being sent, in place of two
  (driver) =>
    execute(
      driver,
      `
      DROP INDEX ringback_delivery_lease;
      DROP INDEX ringback_delivery_sending;
      CREATE INDEX ringback_delivery_sending ON ringback_delivery (owner, endpoint, lease_ends_at)
        WHERE state = 'sending';`,
    ),

  // exchanges that outlive their request
  (driver) =>
    execute(
      driver,
      `
      CREATE TABLE ringback_exchange (
        owner TEXT NOT NULL,
        operation_id TEXT NOT NULL,
        key TEXT NOT NULL,
        kept_at INTEGER NOT NULL,
        exchange TEXT NOT NULL,
        PRIMARY KEY (owner, key, operation_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX ringback_exchange_kept ON ringback_exchange (kept_at);
      ALTER TABLE ringback_delivery ADD COLUMN exchange_key TEXT;
      CREATE INDEX ringback_delivery_exchange ON ringback_delivery (owner, exchange_key)
        WHERE exchange_key IS NOT NULL;`,
    ),

  // what is written once stands apart from what changes; owners take turns; one clock
  (driver) => {
    const time = (column: string) => `max(0, min(${column}, ${LATEST}))`
    execute(
      driver,
      `
      ALTER TABLE ringback_delivery RENAME TO ringback_delivery_4;
      ALTER TABLE ringback_attempt RENAME TO ringback_attempt_4;
      ALTER TABLE ringback_endpoint RENAME TO ringback_endpoint_4;
      ALTER TABLE ringback_owner RENAME TO ringback_owner_4;
      DROP TRIGGER ringback_attempt_immutable;
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

      INSERT INTO ringback_message
      SELECT row_number() OVER (ORDER BY id), id, owner, operation_id, callback, method, url,
        ${time('created_at')}, dedupe_key, exchange_key,
        '{"finalStatuses":' || final_statuses || '}', payload
      FROM ringback_delivery_4;
      INSERT INTO ringback_live
      SELECT id, seq, owner, endpoint, state, ${time('coalesce(due_at, created_at)')}, waiting,
        ${time('expires_at')}, order_key, redrive_of, iif(state = 'scheduled', detail, NULL),
        attempts, refusals, lease, ${time('lease_ends_at')}, lost_leases
      FROM (SELECT *, row_number() OVER (ORDER BY id) AS seq FROM ringback_delivery_4)
      WHERE state IN ('scheduled', 'sending');
      INSERT INTO ringback_done
      SELECT NULL, id, seq, owner, endpoint, state, reason, detail, ${time('expires_at')}, order_key,
        redrive_of, attempts, refusals, lease, ${time('coalesce(ended_at, created_at)')},
        length(payload)
      FROM (SELECT *, row_number() OVER (ORDER BY id) AS seq FROM ringback_delivery_4)
      WHERE state NOT IN ('scheduled', 'sending')
      ORDER BY coalesce(ended_at, created_at), id;
      INSERT INTO ringback_attempt
      SELECT delivery_id, started_at, duration, status, reason, detail, bytes, body, answer, orphan
      FROM ringback_attempt_4 ORDER BY rowid;
      INSERT INTO ringback_endpoint (owner, endpoint, ready_at, used_up_to, held_until, paced_until)
      SELECT owner, endpoint, ready_at, used_up_to, held_until, paced_until
      FROM ringback_endpoint_4;
      INSERT INTO ringback_owner (owner, ready_at, used_up_to, kept, kept_bytes)
      SELECT owner,
        (SELECT min(ready_at) FROM ringback_endpoint AS e WHERE e.owner = o.owner),
        coalesce((SELECT used_up_to FROM ringback_owner_4 AS u WHERE u.owner = o.owner), 0),
        (SELECT count(*) FROM ringback_done AS d WHERE d.owner = o.owner),
        (SELECT coalesce(sum(bytes), 0) FROM ringback_done AS d WHERE d.owner = o.owner)
      FROM (SELECT DISTINCT owner FROM ringback_delivery_4) AS o;
      DROP TABLE ringback_attempt_4;
      DROP TABLE ringback_delivery_4;
      DROP TABLE ringback_endpoint_4;
      DROP TABLE ringback_owner_4;

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
        BEGIN SELECT RAISE(ABORT, 'an attempt never changes'); END`,
    )
  },

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
      CREATE INDEX ringback_endpoint_everywhere ON ringback_endpoint (endpoint);
      CREATE INDEX ringback_count_endpoint ON ringback_count (endpoint, at) WHERE scope = 1;`,
    ),
]

/** Executes statements, each of which ends with its line. */
function execute(driver: SqlDriver, sql: string): void {
  for (const statement of sql.split(/;\s*(?:\n|$)/)) {
    if (statement.trim() !== '') driver.run(statement)
  }
}
