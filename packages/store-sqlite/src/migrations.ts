import type { DatabaseSync } from 'node:sqlite'

/** The schema, one step a version; a released step never changes. */
export const MIGRATIONS: readonly ((database: DatabaseSync) => void)[] = [
  (database) =>
    database.exec(`
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
      CREATE INDEX ringback_attempt_delivery ON ringback_attempt (delivery_id);`),

  // a queue for each endpoint, order keys, dedupe keys, expiry, retention, details of attempts
  (database) => {
    database.exec(`
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
      UPDATE ringback_delivery SET ended_at = created_at WHERE state NOT IN ('scheduled', 'sending');`)
    const setEndpoint = database.prepare('UPDATE ringback_delivery SET endpoint = ? WHERE id = ?')
    const urls = database.prepare('SELECT id, url FROM ringback_delivery WHERE url IS NOT NULL')
    for (const { id, url } of urls.all()) {
      if (URL.canParse(String(url))) setEndpoint.run(new URL(String(url)).origin, String(id))
    }
    database.exec(`
      INSERT INTO ringback_endpoint (owner, endpoint, ready_at)
      SELECT owner, endpoint, min(iif(state = 'scheduled', due_at, NULL)) FROM ringback_delivery
      WHERE state IN ('scheduled', 'sending') GROUP BY owner, endpoint`)
  },

  // one index of the few deliveries that are being sent, in place of two
  (database) =>
    database.exec(`
      DROP INDEX ringback_delivery_lease;
      DROP INDEX ringback_delivery_sending;
      CREATE INDEX ringback_delivery_sending ON ringback_delivery (owner, endpoint, lease_ends_at)
        WHERE state = 'sending';`),

  // exchanges that outlive their request
  (database) =>
    database.exec(`
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
        WHERE exchange_key IS NOT NULL;`),

  // all that a callback declares about how it is sent, in one column
  (database) =>
    database.exec(`
      ALTER TABLE ringback_delivery ADD COLUMN settings TEXT;
      UPDATE ringback_delivery SET settings = '{"finalStatuses":' || final_statuses || '}'
        WHERE final_statuses IS NOT NULL;
      ALTER TABLE ringback_delivery DROP COLUMN final_statuses;`),
]
