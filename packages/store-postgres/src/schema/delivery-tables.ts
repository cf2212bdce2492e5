const TEXT = 'text COLLATE "C"'

/**
 * Gives the statements that keep deliveries in a table for each of what they do: wait, being sent, and over. A delivery
 * moves from one to the next. In one table of all, each step would write a further version of its row, and one entry in
 * each index for it; an insert and a delete cost the server half as much.
 */
export function deliveryTablesOf(s: string): string {
  return `
CREATE TABLE ${s}.queue (
  id ${TEXT} PRIMARY KEY,
  owner ${TEXT} NOT NULL,
  endpoint ${TEXT} NOT NULL,
  order_key ${TEXT},
  reason text,
  detail text,
  attempts int NOT NULL,
  refusals int NOT NULL,
  bytes int NOT NULL,
  due_at float8 NOT NULL,
  expires_at float8,
  -- an earlier delivery with its order key is still to be sent
  waiting bool NOT NULL,
  lease int NOT NULL DEFAULT 0,
  lost_leases int NOT NULL DEFAULT 0
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 1);
CREATE INDEX queue_due ON ${s}.queue (owner, endpoint, due_at, id) WHERE NOT waiting;
CREATE INDEX queue_expiry ON ${s}.queue (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX queue_order ON ${s}.queue (owner, endpoint, order_key, id) WHERE order_key IS NOT NULL;
CREATE INDEX queue_order_head ON ${s}.queue (owner, endpoint, order_key)
  WHERE order_key IS NOT NULL AND NOT waiting;

-- as many rows as requests that are made at once
CREATE TABLE ${s}.sending (
  id ${TEXT} PRIMARY KEY,
  owner ${TEXT} NOT NULL,
  endpoint ${TEXT} NOT NULL,
  order_key ${TEXT},
  reason text,
  attempts int NOT NULL,
  refusals int NOT NULL,
  bytes int NOT NULL,
  expires_at float8,
  lease int NOT NULL,
  lease_ends_at float8 NOT NULL,
  lost_leases int NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
  autovacuum_vacuum_cost_delay = 0);
CREATE INDEX sending_endpoint ON ${s}.sending (owner, endpoint);

CREATE TABLE ${s}.ended (
  id ${TEXT} PRIMARY KEY,
  owner ${TEXT} NOT NULL,
  endpoint ${TEXT} NOT NULL,
  order_key ${TEXT},
  state ${TEXT} NOT NULL,
  reason text,
  detail text,
  attempts int NOT NULL,
  refusals int NOT NULL,
  bytes int NOT NULL,
  expires_at float8,
  ended_at float8 NOT NULL,
  -- that of the last claim, under which it may still turn out to be delivered
  lease int NOT NULL DEFAULT 0
);
CREATE INDEX ended_age ON ${s}.ended (ended_at);
CREATE INDEX ended_failed ON ${s}.ended (state, id) WHERE state <> 'delivered';

INSERT INTO ${s}.queue
SELECT id, owner, endpoint, order_key, reason, detail, attempts, refusals, bytes, coalesce(due_at, 0),
  expires_at, waiting, lease, lost_leases
FROM ${s}.delivery WHERE state = 'scheduled';
INSERT INTO ${s}.sending
SELECT id, owner, endpoint, order_key, reason, attempts, refusals, bytes, expires_at, lease,
  coalesce(lease_ends_at, 0), lost_leases
FROM ${s}.delivery WHERE state = 'sending';
INSERT INTO ${s}.ended
SELECT id, owner, endpoint, order_key, state, reason, detail, attempts, refusals, bytes, expires_at,
  ended_at, lease
FROM ${s}.delivery WHERE ended_at IS NOT NULL;
DROP TABLE ${s}.delivery;

-- no lease ends before this time: a lease that ends is rare, and an index of their ends would be written with each claim
ALTER TABLE ${s}.turn ADD COLUMN lease_ends_at float8;
UPDATE ${s}.turn SET lease_ends_at = (SELECT min(lease_ends_at) FROM ${s}.sending);

-- all of them, to be read
CREATE VIEW ${s}.delivery AS
SELECT id, owner, endpoint, order_key, 'scheduled'::${TEXT} AS state, reason, detail, attempts,
  refusals, bytes, due_at, expires_at, NULL::float8 AS ended_at, waiting, lease
FROM ${s}.queue
UNION ALL
SELECT id, owner, endpoint, order_key, 'sending'::${TEXT}, reason, NULL::text, attempts, refusals,
  bytes, NULL::float8, expires_at, NULL::float8, false, lease
FROM ${s}.sending
UNION ALL
SELECT id, owner, endpoint, order_key, state, reason, detail, attempts, refusals, bytes, NULL::float8,
  expires_at, ended_at, false, lease
FROM ${s}.ended;`
}
