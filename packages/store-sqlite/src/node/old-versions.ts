import { EXCHANGES, execute, INDEXES, LATEST, type Migration, TABLES } from '../sql/migrations.ts'

/** The steps that bring a file of the first version to the one that new files begin with. */
export const OLD_VERSIONS: readonly Migration[] = [
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
      ${EXCHANGES}
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
      ${TABLES}
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
      ${INDEXES}`,
    )
  },
]
