DO $ringback_migration$ BEGIN
PERFORM pg_advisory_xact_lock(hashtext('"of_version_1" ringback migration'), 2);
-- a role that may not create schemas can be given one
IF to_regnamespace('"of_version_1"') IS NULL THEN
  CREATE SCHEMA "of_version_1";
END IF;
IF to_regclass('"of_version_1".version') IS NULL THEN
  CREATE TABLE "of_version_1".version (version int NOT NULL, oldest int NOT NULL);
  INSERT INTO "of_version_1".version VALUES (0, 1);
END IF;
IF (SELECT version FROM "of_version_1".version) < 1 THEN

-- written once: what a delivery is
CREATE TABLE "of_version_1".message (
  id text COLLATE "C" PRIMARY KEY,
  owner text COLLATE "C" NOT NULL,
  operation_id text COLLATE "C" NOT NULL,
  callback text COLLATE "C" NOT NULL,
  method text COLLATE "C" NOT NULL,
  url text,
  created_at float8 NOT NULL,
  dedupe_key text COLLATE "C",
  exchange_key text COLLATE "C",
  redrive_of text,
  settings text,
  bytes int NOT NULL,
  payload bytea NOT NULL
);
CREATE INDEX message_owner ON "of_version_1".message (owner, id) INCLUDE (bytes);
CREATE UNIQUE INDEX message_dedupe ON "of_version_1".message (owner, operation_id, callback, dedupe_key)
  WHERE dedupe_key IS NOT NULL;
CREATE INDEX message_exchange ON "of_version_1".message (owner, exchange_key) WHERE exchange_key IS NOT NULL;

-- what changes: the state of a delivery
CREATE TABLE "of_version_1".delivery (
  id text COLLATE "C" PRIMARY KEY,
  owner text COLLATE "C" NOT NULL,
  endpoint text COLLATE "C" NOT NULL,
  order_key text COLLATE "C",
  state text COLLATE "C" NOT NULL,
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
CREATE INDEX delivery_queue ON "of_version_1".delivery (owner, endpoint, due_at, id)
  WHERE state = 'scheduled' AND NOT waiting;
CREATE INDEX delivery_sending ON "of_version_1".delivery (owner, endpoint) WHERE state = 'sending';
CREATE INDEX delivery_lease ON "of_version_1".delivery (lease_ends_at) WHERE state = 'sending';
CREATE INDEX delivery_expiry ON "of_version_1".delivery (expires_at)
  WHERE expires_at IS NOT NULL AND state = 'scheduled';
CREATE INDEX delivery_order ON "of_version_1".delivery (owner, endpoint, order_key, id)
  WHERE order_key IS NOT NULL AND ended_at IS NULL;
CREATE INDEX delivery_order_head ON "of_version_1".delivery (owner, endpoint, order_key)
  WHERE order_key IS NOT NULL AND ended_at IS NULL AND NOT waiting;
CREATE INDEX delivery_ended ON "of_version_1".delivery (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX delivery_failed ON "of_version_1".delivery (state, id)
  WHERE ended_at IS NOT NULL AND state <> 'delivered';

CREATE TABLE "of_version_1".attempt (
  seq bigint GENERATED ALWAYS AS IDENTITY,
  delivery text COLLATE "C" NOT NULL,
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
CREATE INDEX attempt_delivery ON "of_version_1".attempt (delivery, seq);

-- the order of turns, limits and health; only claims lock these rows, and only while they run
CREATE TABLE "of_version_1".endpoint (
  seq bigint GENERATED ALWAYS AS IDENTITY,
  owner text COLLATE "C" NOT NULL,
  endpoint text COLLATE "C" NOT NULL,
  ready_at float8,
  turn_at float8 NOT NULL DEFAULT 0,
  used_up_to float8 NOT NULL DEFAULT 0,
  held_until float8,
  paced_until float8,
  health text,
  PRIMARY KEY (owner, endpoint)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 1);
CREATE INDEX endpoint_ready ON "of_version_1".endpoint (owner, ready_at, endpoint) WHERE ready_at IS NOT NULL;
CREATE TABLE "of_version_1".owner (
  seq bigint GENERATED ALWAYS AS IDENTITY,
  owner text COLLATE "C" PRIMARY KEY,
  ready_at float8,
  turn_at float8 NOT NULL DEFAULT 0,
  used_up_to float8 NOT NULL DEFAULT 0
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 1);
CREATE INDEX owner_ready ON "of_version_1".owner (ready_at, owner) WHERE ready_at IS NOT NULL;
CREATE TABLE "of_version_1".turn (last float8 NOT NULL) WITH (fillfactor = 10);
INSERT INTO "of_version_1".turn VALUES (0);

-- whoever changes a queue leaves a row here, and locks no endpoint: an open transaction of the application's would
-- hold that lock, and hide the endpoint from every claim
CREATE TABLE "of_version_1".signal (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner text COLLATE "C" NOT NULL,
  endpoint text COLLATE "C" NOT NULL,
  order_key text COLLATE "C"
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
  autovacuum_vacuum_cost_delay = 0);

CREATE TABLE "of_version_1".exchange (
  owner text COLLATE "C" NOT NULL,
  operation_id text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  kept_at float8 NOT NULL,
  exchange text NOT NULL,
  PRIMARY KEY (owner, key, operation_id)
);
CREATE INDEX exchange_kept ON "of_version_1".exchange (kept_at);

CREATE OR REPLACE FUNCTION "of_version_1".now_v1(at float8) RETURNS float8 LANGUAGE sql VOLATILE AS $$
  SELECT coalesce(at, floor(extract(epoch FROM clock_timestamp()) * 1000)::float8)
$$;

CREATE OR REPLACE FUNCTION "of_version_1".record_v1(delivery text, attempts json, orphan bool) RETURNS void
LANGUAGE sql VOLATILE AS $$
  INSERT INTO "of_version_1".attempt
    (delivery, started_at, duration, status, reason, detail, bytes, body, response, orphan)
  SELECT $1, a.started_at, a.duration, a.status, a.reason, a.detail, a.bytes, a.body, a.response,
    CASE WHEN $3 OR a.orphan THEN true END
  FROM json_to_recordset($2) AS a(started_at float8, duration float8, status int, reason text,
    detail text, bytes float8, body text, response text, orphan bool)
$$;

-- stores deliveries; of one whose dedupe key is stored it gives the one that is
CREATE OR REPLACE FUNCTION "of_version_1".enqueue_v1(at float8, entries json)
RETURNS TABLE (n int, due_at float8, known text) LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
  now_ float8 := "of_version_1".now_v1(at);
  added text[];
BEGIN
  -- in the order of the keys, so that two batches never wait for each other
  WITH given AS (
    SELECT * FROM json_to_recordset(entries) AS g(n int, id text, owner text, operation_id text,
      callback text, method text, url text, created_at float8, dedupe_key text, exchange_key text,
      redrive_of text, settings text, bytes int, payload text)),
  m AS (
    INSERT INTO "of_version_1".message
      (id, owner, operation_id, callback, method, url, created_at, dedupe_key, exchange_key,
        redrive_of, settings, bytes, payload)
    SELECT id, owner, operation_id, callback, method, url, created_at, dedupe_key, exchange_key,
      redrive_of, settings, bytes, decode(payload, 'base64')
    FROM given ORDER BY owner, operation_id, callback, dedupe_key, n
    ON CONFLICT (owner, operation_id, callback, dedupe_key) WHERE dedupe_key IS NOT NULL DO NOTHING
    RETURNING id)
  SELECT array_agg(id) INTO added FROM m;

  WITH d AS (
    INSERT INTO "of_version_1".delivery
      (id, owner, endpoint, order_key, state, reason, detail, attempts, refusals, bytes, due_at,
        expires_at, ended_at, waiting)
    SELECT id, owner, endpoint, order_key, state, reason, detail, attempts, refusals, bytes,
      CASE WHEN state = 'scheduled' THEN now_ + delay END, expires_at,
      CASE WHEN state = 'scheduled' THEN NULL ELSE now_ END,
      state = 'scheduled' AND order_key IS NOT NULL
    FROM json_to_recordset(entries) AS g(n int, id text, owner text, endpoint text, order_key text,
      state text, reason text, detail text, attempts int, refusals int, bytes int, delay float8,
      expires_at float8)
    WHERE id = ANY (added) ORDER BY n
    RETURNING owner, endpoint, order_key, state)
  INSERT INTO "of_version_1".signal (owner, endpoint, order_key)
  SELECT DISTINCT owner, endpoint, order_key FROM d WHERE state = 'scheduled';
  IF FOUND THEN PERFORM pg_notify('ringback_of_version_1', ''); END IF;

  PERFORM "of_version_1".record_v1(g.id, g.log, false)
  FROM json_to_recordset(entries) AS g(n int, id text, log json)
  WHERE g.log IS NOT NULL AND g.id = ANY (added);

  RETURN QUERY
  SELECT g.n, CASE WHEN g.state = 'scheduled' THEN now_ + g.delay END, m.id::text
  FROM json_to_recordset(entries) AS g(n int, id text, owner text, operation_id text, callback text,
    dedupe_key text, state text, delay float8)
  LEFT JOIN "of_version_1".message m ON g.id <> ALL (coalesce(added, '{}')) AND m.owner = g.owner
    AND m.operation_id = g.operation_id AND m.callback = g.callback AND m.dedupe_key = g.dedupe_key;
END $$;

-- ends claims; gives what became of each, and the health of its endpoint
CREATE OR REPLACE FUNCTION "of_version_1".commit_v1(at float8, entries json)
RETURNS TABLE (n int, result text, now_at float8, owner text, endpoint text, held_until float8,
  paced_until float8, health text)
LANGUAGE plpgsql VOLATILE SET enable_seqscan = off
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
#variable_conflict use_column
DECLARE
  now_ float8 := "of_version_1".now_v1(at);
  done int[];
BEGIN
  WITH r AS MATERIALIZED (
    SELECT * FROM json_to_recordset(entries) AS r(n int, id text, lease int, state text,
      reason text, detail text, delay float8, attempts int, refusals int)),
  u AS (
    UPDATE "of_version_1".delivery d
    SET state = r.state, reason = r.reason, detail = r.detail, attempts = r.attempts,
      refusals = r.refusals, lease_ends_at = NULL, lost_leases = 0,
      due_at = CASE WHEN r.state = 'scheduled' THEN now_ + r.delay END,
      ended_at = CASE WHEN r.state = 'scheduled' THEN NULL ELSE now_ END
    FROM r
    WHERE d.id = r.id AND d.lease = r.lease
      AND (d.state = 'sending' OR (d.state = 'cancelled' AND r.state = 'delivered'))
    RETURNING r.n, d.owner, d.endpoint, d.state, d.order_key),
  -- a queue has changed where a delivery waits again, or where the next of its order key may go
  s AS (
    INSERT INTO "of_version_1".signal (owner, endpoint, order_key)
    SELECT DISTINCT owner, endpoint, order_key FROM u
    WHERE state = 'scheduled' OR order_key IS NOT NULL)
  SELECT array_agg(u.n) INTO done FROM u;

  RETURN QUERY
  WITH r AS MATERIALIZED (
    SELECT * FROM json_to_recordset(entries) AS r(n int, id text, lease int, attempt json)),
  o AS MATERIALIZED (
    SELECT r.n, r.attempt, d.id, d.owner, d.endpoint,
      CASE WHEN r.n = ANY (done) THEN 'done'
        WHEN d.state = 'cancelled' AND d.lease = r.lease THEN 'cancelled' ELSE 'lost' END AS what
    FROM r LEFT JOIN "of_version_1".delivery d ON d.id = r.id),
  a AS (
    INSERT INTO "of_version_1".attempt
      (delivery, started_at, duration, status, reason, detail, bytes, body, response, orphan)
    SELECT o.id, a.started_at, a.duration, a.status, a.reason, a.detail, a.bytes, a.body,
      a.response, CASE WHEN a.orphan OR o.what = 'lost' THEN true END
    FROM o CROSS JOIN LATERAL json_to_record(o.attempt) AS a(started_at float8, duration float8,
      status int, reason text, detail text, bytes float8, body text, response text, orphan bool)
    WHERE o.id IS NOT NULL AND o.attempt IS NOT NULL)
  SELECT o.n, o.what, now_, o.owner::text, o.endpoint::text, e.held_until, e.paced_until, e.health
  FROM o LEFT JOIN "of_version_1".endpoint e ON e.owner = o.owner AND e.endpoint = o.endpoint;
END $$;

-- changes the health of an endpoint, unless it has changed meanwhile
CREATE OR REPLACE FUNCTION "of_version_1".judge_v1(the_owner text, the_endpoint text, before json, after json)
RETURNS bool LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  UPDATE "of_version_1".endpoint
  SET held_until = (after->>0)::float8, paced_until = (after->>1)::float8, health = after->>2
  WHERE owner = the_owner AND endpoint = the_endpoint
    AND held_until IS NOT DISTINCT FROM (before->>0)::float8
    AND paced_until IS NOT DISTINCT FROM (before->>1)::float8
    AND health IS NOT DISTINCT FROM before->>2;
  IF NOT FOUND THEN RETURN false; END IF;
  IF (before->>0)::float8 IS DISTINCT FROM (after->>0)::float8 THEN
    INSERT INTO "of_version_1".signal (owner, endpoint) VALUES (the_owner, the_endpoint);
  END IF;
  RETURN true;
END $$;

-- how many requests a rate allows now, when it allows the next, and from when on it is used up
CREATE OR REPLACE FUNCTION "of_version_1".room_v1(rate float8, used_up_to float8, now_ float8, OUT count int,
  OUT next_at float8, OUT base float8, OUT step float8)
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  allowed float8;
BEGIN
  -- an unused rate gathers for one second
  step := 1000 / rate;
  base := greatest(used_up_to, now_ - greatest(1000, step));
  allowed := greatest(0, floor((now_ - base) / step + 1e-6));
  next_at := CASE WHEN allowed = 0 THEN greatest(ceil(base + step), now_ + 1) ELSE 0 END;
  count := least(allowed, 1000000);
END $$;

-- the times of endpoints and their owners: who has something due, and whose turn it is
CREATE OR REPLACE FUNCTION "of_version_1".settle_v1(owners text[], endpoints text[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET enable_seqscan = off
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  INSERT INTO "of_version_1".endpoint (owner, endpoint)
  SELECT DISTINCT t.owner, t.endpoint FROM unnest(owners, endpoints) AS t(owner, endpoint)
  ON CONFLICT DO NOTHING;
  UPDATE "of_version_1".endpoint e
  SET ready_at = CASE WHEN t.due_at IS NOT NULL
    THEN greatest(t.due_at, e.turn_at, e.held_until) END
  FROM (
    SELECT u.owner, u.endpoint, (
      SELECT d.due_at FROM "of_version_1".delivery d
      WHERE d.owner = u.owner AND d.endpoint = u.endpoint AND d.state = 'scheduled' AND NOT d.waiting
      ORDER BY d.due_at, d.id LIMIT 1) AS due_at
    FROM (SELECT DISTINCT * FROM unnest(owners, endpoints)) AS u(owner, endpoint)) t
  WHERE e.owner = t.owner AND e.endpoint = t.endpoint AND e.ready_at IS DISTINCT FROM
    CASE WHEN t.due_at IS NOT NULL THEN greatest(t.due_at, e.turn_at, e.held_until) END;
  INSERT INTO "of_version_1".owner (owner) SELECT DISTINCT unnest(owners) ON CONFLICT DO NOTHING;
  UPDATE "of_version_1".owner o
  SET ready_at = CASE WHEN t.first IS NOT NULL THEN greatest(t.first, o.turn_at) END
  FROM (
    SELECT u.owner, (
      SELECT e.ready_at FROM "of_version_1".endpoint e WHERE e.owner = u.owner AND e.ready_at IS NOT NULL
      ORDER BY e.ready_at LIMIT 1) AS first
    FROM (SELECT DISTINCT unnest(owners)) AS u(owner)) t
  WHERE o.owner = t.owner AND o.ready_at IS DISTINCT FROM
    CASE WHEN t.first IS NOT NULL THEN greatest(t.first, o.turn_at) END;
END $$;

-- commits what is given, ends what is over, and claims what is due; one claim at a time, over all processes
CREATE OR REPLACE FUNCTION "of_version_1".claim_v1(at float8, most int, lease_ms float8, endpoint_concurrency int,
  endpoint_rate float8, owner_concurrency int, owner_rate float8, pace float8, most_lost int,
  ends json, commits json)
RETURNS TABLE (kind text, is_probe bool, next_in float8, id text, owner text, endpoint text,
  order_key text, state text, reason text, detail text, attempts int, refusals int, due_at float8,
  expires_at float8, lease int, operation_id text, callback text, method text, url text,
  created_at float8, dedupe_key text, exchange_key text, redrive_of text, settings text,
  payload bytea)
LANGUAGE plpgsql VOLATILE SET enable_seqscan = off
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
#variable_conflict use_column
DECLARE
  now_ float8;
  place float8;
  free int := most;
  bytes_left float8 := 4194304;
  owners text[]; endpoints text[]; lanes text[];
  ended text[]; swept text[] := '{}';
  claimed text[] := '{}'; probes text[] := '{}'; visited text[] := '{}';
  spent_owners bigint[] := '{}'; spent bigint[] := '{}';
  o record; e record; rate float8;
  owner_room int; owner_next float8; owner_base float8; owner_step float8;
  room int; room_next float8; room_base float8; room_step float8;
  turns int := 0; owner_share int; share int; want int; taken int; got int; size float8; ids text[];
  is_probed bool; is_more bool := false; next_ float8; waits float8;
BEGIN
  IF commits IS NOT NULL THEN
    RETURN QUERY SELECT 'committed', false, NULL::float8, NULL::text, NULL::text, NULL::text,
      NULL::text, NULL::text, NULL::text, NULL::text, 0, 0, NULL::float8, NULL::float8, 0, NULL::text,
      NULL::text, NULL::text, NULL::text, NULL::float8, NULL::text, NULL::text, NULL::text,
      row_to_json(c)::text, NULL::bytea
    FROM "of_version_1".commit_v1(at, commits) c;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('"of_version_1" ringback claim'), 1);
  now_ := "of_version_1".now_v1(at);

  -- leases that were lost, and deliveries that have expired
  WITH q AS MATERIALIZED (
    SELECT id FROM "of_version_1".delivery WHERE state = 'sending' AND lease_ends_at <= now_
    ORDER BY lease_ends_at LIMIT 100 FOR UPDATE SKIP LOCKED),
  u AS (
    UPDATE "of_version_1".delivery d
    SET lease = d.lease + 1, lease_ends_at = NULL, lost_leases = d.lost_leases + 1,
      state = CASE WHEN d.lost_leases + 1 < most_lost THEN 'scheduled' ELSE 'dead' END,
      due_at = CASE WHEN d.lost_leases + 1 < most_lost THEN now_ END,
      ended_at = CASE WHEN d.lost_leases + 1 < most_lost THEN NULL ELSE now_ END,
      reason = CASE WHEN d.lost_leases + 1 < most_lost THEN NULL ELSE ends->'lost'->>'reason' END,
      detail = CASE WHEN d.lost_leases + 1 < most_lost THEN NULL ELSE ends->'lost'->>'detail' END
    FROM q WHERE d.id = q.id RETURNING d.id, d.owner, d.endpoint, d.order_key),
  w AS (INSERT INTO "of_version_1".signal (owner, endpoint, order_key) SELECT owner, endpoint, order_key FROM u)
  SELECT array_agg(id) INTO ended FROM u;
  swept := swept || coalesce(ended, '{}');
  WITH q AS MATERIALIZED (
    SELECT id FROM "of_version_1".delivery
    WHERE expires_at IS NOT NULL AND state = 'scheduled' AND expires_at <= now_
    ORDER BY expires_at LIMIT 100 FOR UPDATE SKIP LOCKED),
  u AS (
    UPDATE "of_version_1".delivery d
    SET state = 'dead', due_at = NULL, ended_at = now_, reason = ends->'expired'->>'reason',
      detail = ends->'expired'->>'detail'
    FROM q WHERE d.id = q.id RETURNING d.id, d.owner, d.endpoint, d.order_key),
  w AS (INSERT INTO "of_version_1".signal (owner, endpoint, order_key) SELECT owner, endpoint, order_key FROM u)
  SELECT array_agg(id) INTO ended FROM u;
  swept := swept || coalesce(ended, '{}');

  IF cardinality(swept) > 0 THEN
  RETURN QUERY
  SELECT 'swept', false, NULL::float8, d.id::text, d.owner::text, d.endpoint::text,
    d.order_key::text, d.state::text, d.reason, d.detail, d.attempts, d.refusals, d.due_at,
    d.expires_at, d.lease, m.operation_id::text, m.callback::text, m.method::text, m.url,
    m.created_at, m.dedupe_key::text, m.exchange_key::text, m.redrive_of,
    NULL::text, NULL::bytea
  FROM (
    SELECT id, min(n) AS n FROM unnest(swept) WITH ORDINALITY AS ended(id, n) GROUP BY id) AS c
  JOIN "of_version_1".delivery d ON d.id = c.id JOIN "of_version_1".message m ON m.id = c.id
  ORDER BY c.n;
  END IF;

  -- queues that have changed
  WITH gone AS (
    DELETE FROM "of_version_1".signal WHERE seq IN (
      SELECT seq FROM "of_version_1".signal ORDER BY seq LIMIT 5000 FOR UPDATE SKIP LOCKED)
    RETURNING owner, endpoint, order_key)
  SELECT array_agg(owner), array_agg(endpoint), array_agg(order_key)
  INTO owners, endpoints, lanes FROM gone;
  IF owners IS NOT NULL THEN
    -- the first of each order key of which none may go
    UPDATE "of_version_1".delivery SET waiting = false WHERE id IN (
      SELECT (
        SELECT d.id FROM "of_version_1".delivery d
        WHERE d.owner = l.owner AND d.endpoint = l.endpoint AND d.order_key = l.order_key
          AND d.order_key IS NOT NULL AND d.ended_at IS NULL
        ORDER BY d.id LIMIT 1)
      FROM (SELECT DISTINCT * FROM unnest(owners, endpoints, lanes)) AS l(owner, endpoint, order_key)
      WHERE l.order_key IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM "of_version_1".delivery d
        WHERE d.owner = l.owner AND d.endpoint = l.endpoint AND d.order_key = l.order_key
          AND d.order_key IS NOT NULL AND d.ended_at IS NULL AND NOT d.waiting));
    PERFORM "of_version_1".settle_v1(owners, endpoints);
    is_more := cardinality(owners) = 5000;
  END IF;

  -- owners take turns, then their endpoints
  SELECT greatest(last, now_) INTO place FROM "of_version_1".turn;
  WHILE free > 0 AND bytes_left > 0 LOOP
    IF turns = 0 THEN
      -- a round: each takes its share of what is free, and goes behind the others
      SELECT count(*) INTO turns FROM (
        SELECT 1 FROM "of_version_1".owner WHERE ready_at < now_ + 1 AND seq <> ALL (spent_owners) LIMIT free) ready;
      EXIT WHEN turns = 0;
      owner_share := greatest(1, free / turns);
    END IF;
    turns := turns - 1;
    SELECT * INTO o FROM "of_version_1".owner WHERE ready_at < now_ + 1 AND seq <> ALL (spent_owners)
    ORDER BY ready_at, owner LIMIT 1;
    CONTINUE WHEN NOT FOUND;
    visited := visited || o.owner::text;
    owner_room := 1000000; owner_next := 0; owner_base := o.used_up_to; owner_step := 0;
    IF owner_concurrency IS NOT NULL THEN
      SELECT owner_concurrency - count(*) INTO owner_room FROM "of_version_1".delivery
      WHERE owner = o.owner AND state = 'sending';
    END IF;
    IF owner_rate IS NOT NULL THEN
      SELECT least(owner_room, r.count), r.next_at, r.base, r.step
      INTO owner_room, owner_next, owner_base, owner_step
      FROM "of_version_1".room_v1(owner_rate, o.used_up_to, now_) r;
    END IF;
    want := least(owner_share, free, owner_room);
    taken := 0;
    -- so many of one endpoint in one turn, since a turn of one costs as much
    share := 4;
    IF want > share THEN
      SELECT greatest(4, want / greatest(1, count(*)))::int INTO share FROM (
        SELECT 1 FROM "of_version_1".endpoint WHERE owner = o.owner AND ready_at < now_ + 1 LIMIT want) ready;
    END IF;
    WHILE taken < want AND bytes_left > 0 LOOP
      SELECT * INTO e FROM "of_version_1".endpoint
      WHERE owner = o.owner AND ready_at < now_ + 1 AND seq <> ALL (spent)
      ORDER BY ready_at, endpoint LIMIT 1;
      EXIT WHEN NOT FOUND;
      is_probed := e.held_until IS NOT NULL;
      room := 1000000; room_next := 0; room_base := e.used_up_to; room_step := 0;
      IF endpoint_concurrency IS NOT NULL THEN
        SELECT endpoint_concurrency - count(*) INTO room FROM "of_version_1".delivery
        WHERE owner = o.owner AND endpoint = e.endpoint AND state = 'sending';
      END IF;
      rate := CASE WHEN e.paced_until > now_ THEN least(endpoint_rate, pace) ELSE endpoint_rate END;
      IF rate IS NOT NULL THEN
        SELECT least(room, r.count), r.next_at, r.base, r.step
        INTO room, room_next, room_base, room_step
        FROM "of_version_1".room_v1(rate, e.used_up_to, now_) r;
      END IF;
      got := 0;
      IF room > 0 THEN
        WITH q AS MATERIALIZED (
          SELECT id, due_at, bytes FROM "of_version_1".delivery
          WHERE owner = o.owner AND endpoint = e.endpoint AND state = 'scheduled' AND NOT waiting
            AND due_at < now_ + 1
          ORDER BY due_at, id
          LIMIT CASE WHEN is_probed THEN 1 ELSE least(share, want - taken, room) END
          FOR UPDATE SKIP LOCKED),
        f AS (
          SELECT id, row_number() OVER w AS n, sum(bytes) OVER w - bytes AS before
          FROM q WINDOW w AS (ORDER BY due_at, id)),
        u AS (
          UPDATE "of_version_1".delivery d
          SET state = 'sending', detail = NULL, due_at = NULL, lease = d.lease + 1,
            lease_ends_at = now_ + lease_ms
          FROM f WHERE d.id = f.id AND f.before < bytes_left RETURNING d.id, d.bytes, f.n)
        SELECT array_agg(id ORDER BY n), count(*), coalesce(sum(bytes), 0)
        INTO ids, got, size FROM u;
        bytes_left := bytes_left - size;
      END IF;
      IF got > 0 THEN
        claimed := claimed || ids;
        IF is_probed THEN probes := probes || ids; END IF;
      END IF;
      IF got < least(share, want - taken) THEN spent := spent || e.seq; END IF;
      taken := taken + got;
      place := place + 1 / 1024::float8;
      UPDATE "of_version_1".endpoint p
      SET turn_at = t.turn_at, used_up_to = room_base + got * room_step, held_until = t.held_until,
        ready_at = CASE WHEN t.due_at IS NOT NULL
          THEN greatest(t.due_at, t.turn_at, t.held_until) END
      FROM (
        SELECT CASE WHEN room_next > 0 THEN room_next ELSE place END AS turn_at,
          -- the others wait for the outcome of the probe
          CASE WHEN is_probed AND got > 0 THEN now_ + lease_ms ELSE e.held_until END AS held_until, (
            SELECT d.due_at FROM "of_version_1".delivery d
            WHERE d.owner = o.owner AND d.endpoint = e.endpoint AND d.state = 'scheduled'
              AND NOT d.waiting
            ORDER BY d.due_at, d.id LIMIT 1) AS due_at
        -- once, and not at each use
        OFFSET 0) t
      WHERE p.owner = o.owner AND p.endpoint = e.endpoint;
    END LOOP;
    IF taken < owner_share THEN spent_owners := spent_owners || o.seq; END IF;
    free := free - taken;
    place := place + 1 / 1024::float8;
    UPDATE "of_version_1".owner p
    SET turn_at = t.turn_at, used_up_to = owner_base + taken * owner_step,
      ready_at = CASE WHEN t.first IS NOT NULL THEN greatest(t.first, t.turn_at) END
    FROM (
      SELECT CASE WHEN owner_next > 0 THEN owner_next ELSE place END AS turn_at, (
        SELECT x.ready_at FROM "of_version_1".endpoint x
        WHERE x.owner = o.owner AND x.ready_at IS NOT NULL ORDER BY x.ready_at LIMIT 1) AS first
      OFFSET 0) t
    WHERE p.owner = o.owner;
  END LOOP;
  -- places of one millisecond differ by fractions, and stay before those of the next
  IF cardinality(visited) > 0 THEN
    UPDATE "of_version_1".turn SET last = least(place, now_ + 1023 / 1024::float8);
  END IF;

  is_more := is_more OR cardinality(swept) >= 100 OR (free = 0 OR bytes_left <= 0)
    AND EXISTS (SELECT 1 FROM "of_version_1".owner WHERE ready_at < now_ + 1);
  IF is_more THEN
    waits := 0;
  ELSE
    SELECT min(t.at) - now_ INTO waits FROM (
      (SELECT ready_at AS at FROM "of_version_1".owner WHERE ready_at >= now_ + 1 ORDER BY ready_at LIMIT 1)
      -- of an owner that may not send what is due now, something else may be due later
      UNION ALL (
        SELECT x.ready_at FROM unnest(visited) AS v(owner) CROSS JOIN LATERAL (
          SELECT n.ready_at FROM "of_version_1".endpoint n
          WHERE n.owner = v.owner AND n.ready_at >= now_ + 1 ORDER BY n.ready_at LIMIT 1) x)
      UNION ALL (
        SELECT lease_ends_at FROM "of_version_1".delivery WHERE state = 'sending'
        ORDER BY lease_ends_at LIMIT 1)
      UNION ALL (
        SELECT expires_at FROM "of_version_1".delivery WHERE expires_at IS NOT NULL AND state = 'scheduled'
        ORDER BY expires_at LIMIT 1)) t;
    waits := CASE WHEN waits IS NOT NULL THEN greatest(0, floor(waits)) END;
  END IF;

  RETURN QUERY
  SELECT 'claimed', d.id = ANY (probes), NULL::float8, d.id::text, d.owner::text, d.endpoint::text,
    d.order_key::text, d.state::text, d.reason, d.detail, d.attempts, d.refusals, d.due_at,
    d.expires_at, d.lease, m.operation_id::text, m.callback::text, m.method::text, m.url,
    m.created_at, m.dedupe_key::text, m.exchange_key::text, m.redrive_of,
    m.settings, m.payload
  FROM unnest(claimed) WITH ORDINALITY AS c(id, n)
  JOIN "of_version_1".delivery d ON d.id = c.id JOIN "of_version_1".message m ON m.id = c.id
  ORDER BY c.n;
  -- at the end, when the next is due
  RETURN QUERY SELECT 'end', false, waits, NULL::text, NULL::text, NULL::text, NULL::text, NULL::text,
    NULL::text, NULL::text, 0, 0, NULL::float8, NULL::float8, 0, NULL::text, NULL::text, NULL::text,
    NULL::text, NULL::float8, NULL::text, NULL::text, NULL::text, NULL::text, NULL::bytea;
END $$;

-- forgets endpoints and owners that were not sent to for an hour
CREATE OR REPLACE FUNCTION "of_version_1".forget_v1(at float8) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  now_ float8;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('"of_version_1" ringback claim'), 1);
  now_ := "of_version_1".now_v1(at);
  DELETE FROM "of_version_1".endpoint e
  WHERE e.ready_at IS NULL AND e.used_up_to < now_ - 3600000 AND e.turn_at < now_ - 3600000
    AND coalesce(e.held_until, 0) <= now_ AND coalesce(e.paced_until, 0) <= now_ AND NOT EXISTS (
      SELECT 1 FROM "of_version_1".delivery d
      WHERE d.owner = e.owner AND d.endpoint = e.endpoint AND d.state = 'sending');
  DELETE FROM "of_version_1".owner o
  WHERE o.ready_at IS NULL AND o.used_up_to < now_ - 3600000 AND o.turn_at < now_ - 3600000
    AND NOT EXISTS (SELECT 1 FROM "of_version_1".endpoint e WHERE e.owner = o.owner);
END $$;

CREATE OR REPLACE FUNCTION "of_version_1".cancel_v1(at float8, the_id text, of_owner text) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  now_ float8 := "of_version_1".now_v1(at);
BEGIN
  WITH u AS (
    -- the lease of one that is being sent stays, so that its worker may still say that it was delivered
    UPDATE "of_version_1".delivery
    SET state = 'cancelled', reason = NULL, detail = NULL, due_at = NULL, ended_at = now_,
      lease_ends_at = NULL, lease = CASE WHEN state = 'scheduled' THEN lease + 1 ELSE lease END
    WHERE id = the_id AND state IN ('scheduled', 'sending') AND owner = coalesce(of_owner, owner)
    RETURNING owner, endpoint, order_key)
  INSERT INTO "of_version_1".signal (owner, endpoint, order_key) SELECT owner, endpoint, order_key FROM u;
END $$;

CREATE OR REPLACE FUNCTION "of_version_1".redrive_v1(at float8, the_id text, of_owner text) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  now_ float8 := "of_version_1".now_v1(at);
  d record;
BEGIN
  SELECT owner, endpoint, order_key, state INTO d FROM "of_version_1".delivery
  WHERE id = the_id AND owner = coalesce(of_owner, owner) FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  IF d.state = 'dead' THEN
    UPDATE "of_version_1".delivery
    SET state = 'scheduled', reason = NULL, detail = NULL, expires_at = NULL, ended_at = NULL,
      due_at = now_, attempts = 0, refusals = 0, lost_leases = 0, lease = lease + 1,
      waiting = order_key IS NOT NULL
    WHERE id = the_id;
  ELSIF d.state = 'scheduled' THEN
    UPDATE "of_version_1".delivery SET due_at = now_ WHERE id = the_id;
  END IF;
  -- the next delivery is a probe
  UPDATE "of_version_1".endpoint SET held_until = now_
  WHERE owner = d.owner AND endpoint = d.endpoint AND held_until > now_;
  INSERT INTO "of_version_1".signal (owner, endpoint, order_key) VALUES (d.owner, d.endpoint, d.order_key);
  PERFORM pg_notify('ringback_of_version_1', '');
END $$;
UPDATE "of_version_1".version SET version = 1, oldest = 1;
END IF;
END $ringback_migration$;
