// Times are float8, milliseconds since the Unix epoch: every driver reads them as numbers. Texts sort by their bytes.
const TEXT = 'text COLLATE "C"'

/** Gives the statements that create the tables in a schema, which is given as a quoted identifier. */
export function tablesOf(s: string): string {
  return `
-- written once: what a delivery is
CREATE TABLE ${s}.message (
  id ${TEXT} PRIMARY KEY,
  owner ${TEXT} NOT NULL,
  operation_id ${TEXT} NOT NULL,
  callback ${TEXT} NOT NULL,
  method ${TEXT} NOT NULL,
  url text,
  created_at float8 NOT NULL,
  dedupe_key ${TEXT},
  exchange_key ${TEXT},
  redrive_of text,
  settings text,
  bytes int NOT NULL,
  payload bytea NOT NULL
);
CREATE INDEX message_owner ON ${s}.message (owner, id) INCLUDE (bytes);
CREATE UNIQUE INDEX message_dedupe ON ${s}.message (owner, operation_id, callback, dedupe_key)
  WHERE dedupe_key IS NOT NULL;
CREATE INDEX message_exchange ON ${s}.message (owner, exchange_key) WHERE exchange_key IS NOT NULL;

-- what changes: the state of a delivery
CREATE TABLE ${s}.delivery (
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
  due_at float8,
  expires_at float8,
  ended_at float8,
  -- an earlier delivery with its order key is still to be sent
  waiting bool NOT NULL,
  lease int NOT NULL DEFAULT 0,
  lease_ends_at float8,
  lost_leases int NOT NULL DEFAULT 0
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 1);
CREATE INDEX delivery_queue ON ${s}.delivery (owner, endpoint, due_at, id)
  WHERE state = 'scheduled' AND NOT waiting;
CREATE INDEX delivery_sending ON ${s}.delivery (owner, endpoint) WHERE state = 'sending';
CREATE INDEX delivery_lease ON ${s}.delivery (lease_ends_at) WHERE state = 'sending';
CREATE INDEX delivery_expiry ON ${s}.delivery (expires_at)
  WHERE expires_at IS NOT NULL AND state = 'scheduled';
CREATE INDEX delivery_order ON ${s}.delivery (owner, endpoint, order_key, id)
  WHERE order_key IS NOT NULL AND ended_at IS NULL;
CREATE INDEX delivery_order_head ON ${s}.delivery (owner, endpoint, order_key)
  WHERE order_key IS NOT NULL AND ended_at IS NULL AND NOT waiting;
CREATE INDEX delivery_ended ON ${s}.delivery (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX delivery_failed ON ${s}.delivery (state, id)
  WHERE ended_at IS NOT NULL AND state <> 'delivered';

CREATE TABLE ${s}.attempt (
  seq bigint GENERATED ALWAYS AS IDENTITY,
  delivery ${TEXT} NOT NULL,
  started_at float8 NOT NULL,
  duration float8 NOT NULL,
  status int,
  reason text,
  detail text,
  bytes float8,
  body text,
  response text,
  orphan bool
);
CREATE INDEX attempt_delivery ON ${s}.attempt (delivery, seq);

-- the order of turns, limits and health; only claims lock these rows, and only while they run
CREATE TABLE ${s}.endpoint (
  seq bigint GENERATED ALWAYS AS IDENTITY,
  owner ${TEXT} NOT NULL,
  endpoint ${TEXT} NOT NULL,
  ready_at float8,
  turn_at float8 NOT NULL DEFAULT 0,
  used_up_to float8 NOT NULL DEFAULT 0,
  held_until float8,
  paced_until float8,
  health text,
  PRIMARY KEY (owner, endpoint)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 1);
CREATE INDEX endpoint_ready ON ${s}.endpoint (owner, ready_at, endpoint) WHERE ready_at IS NOT NULL;
CREATE TABLE ${s}.owner (
  seq bigint GENERATED ALWAYS AS IDENTITY,
  owner ${TEXT} PRIMARY KEY,
  ready_at float8,
  turn_at float8 NOT NULL DEFAULT 0,
  used_up_to float8 NOT NULL DEFAULT 0
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 1);
CREATE INDEX owner_ready ON ${s}.owner (ready_at, owner) WHERE ready_at IS NOT NULL;
CREATE TABLE ${s}.turn (last float8 NOT NULL) WITH (fillfactor = 10);
INSERT INTO ${s}.turn VALUES (0);

-- whoever changes a queue leaves a row here, and locks no endpoint: an open transaction of the application's would
-- hold that lock, and hide the endpoint from every claim
CREATE TABLE ${s}.signal (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner ${TEXT} NOT NULL,
  endpoint ${TEXT} NOT NULL,
  order_key ${TEXT}
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
  autovacuum_vacuum_cost_delay = 0);

CREATE TABLE ${s}.exchange (
  owner ${TEXT} NOT NULL,
  operation_id ${TEXT} NOT NULL,
  key ${TEXT} NOT NULL,
  kept_at float8 NOT NULL,
  exchange text NOT NULL,
  PRIMARY KEY (owner, key, operation_id)
);
CREATE INDEX exchange_kept ON ${s}.exchange (kept_at);`
}
