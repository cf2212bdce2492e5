/** Gives the statements that create the function that claims, and those that it calls. */
export function claimFunctionsOf(s: string): string {
  return `
-- how many requests a rate allows now, when it allows the next, and from when on it is used up
CREATE OR REPLACE FUNCTION ${s}.room_v1(rate float8, used_up_to float8, now_ float8, OUT count int,
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
CREATE OR REPLACE FUNCTION ${s}.settle_v1(owners text[], endpoints text[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET enable_seqscan = off
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  INSERT INTO ${s}.endpoint (owner, endpoint)
  SELECT DISTINCT t.owner, t.endpoint FROM unnest(owners, endpoints) AS t(owner, endpoint)
  ON CONFLICT DO NOTHING;
  UPDATE ${s}.endpoint e
  SET ready_at = CASE WHEN t.due_at IS NOT NULL
    THEN greatest(t.due_at, e.turn_at, e.held_until) END
  FROM (
    SELECT u.owner, u.endpoint, (
      SELECT d.due_at FROM ${s}.delivery d
      WHERE d.owner = u.owner AND d.endpoint = u.endpoint AND d.state = 'scheduled' AND NOT d.waiting
      ORDER BY d.due_at, d.id LIMIT 1) AS due_at
    FROM (SELECT DISTINCT * FROM unnest(owners, endpoints)) AS u(owner, endpoint)) t
  WHERE e.owner = t.owner AND e.endpoint = t.endpoint AND e.ready_at IS DISTINCT FROM
    CASE WHEN t.due_at IS NOT NULL THEN greatest(t.due_at, e.turn_at, e.held_until) END;
  INSERT INTO ${s}.owner (owner) SELECT DISTINCT unnest(owners) ON CONFLICT DO NOTHING;
  UPDATE ${s}.owner o
  SET ready_at = CASE WHEN t.first IS NOT NULL THEN greatest(t.first, o.turn_at) END
  FROM (
    SELECT u.owner, (
      SELECT e.ready_at FROM ${s}.endpoint e WHERE e.owner = u.owner AND e.ready_at IS NOT NULL
      ORDER BY e.ready_at LIMIT 1) AS first
    FROM (SELECT DISTINCT unnest(owners)) AS u(owner)) t
  WHERE o.owner = t.owner AND o.ready_at IS DISTINCT FROM
    CASE WHEN t.first IS NOT NULL THEN greatest(t.first, o.turn_at) END;
END $$;

-- commits what is given, ends what is over, and claims what is due; one claim at a time, over all processes
CREATE OR REPLACE FUNCTION ${s}.claim_v1(at float8, most int, lease_ms float8, endpoint_concurrency int,
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
    FROM ${s}.commit_v1(at, commits) c;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('${s} ringback claim'), 1);
  now_ := ${s}.now_v1(at);

  -- leases that were lost, and deliveries that have expired
  WITH q AS MATERIALIZED (
    SELECT id FROM ${s}.delivery WHERE state = 'sending' AND lease_ends_at <= now_
    ORDER BY lease_ends_at LIMIT 100 FOR UPDATE SKIP LOCKED),
  u AS (
    UPDATE ${s}.delivery d
    SET lease = d.lease + 1, lease_ends_at = NULL, lost_leases = d.lost_leases + 1,
      state = CASE WHEN d.lost_leases + 1 < most_lost THEN 'scheduled' ELSE 'dead' END,
      due_at = CASE WHEN d.lost_leases + 1 < most_lost THEN now_ END,
      ended_at = CASE WHEN d.lost_leases + 1 < most_lost THEN NULL ELSE now_ END,
      reason = CASE WHEN d.lost_leases + 1 < most_lost THEN NULL ELSE ends->'lost'->>'reason' END,
      detail = CASE WHEN d.lost_leases + 1 < most_lost THEN NULL ELSE ends->'lost'->>'detail' END
    FROM q WHERE d.id = q.id RETURNING d.id, d.owner, d.endpoint, d.order_key),
  w AS (INSERT INTO ${s}.signal (owner, endpoint, order_key) SELECT owner, endpoint, order_key FROM u)
  SELECT array_agg(id) INTO ended FROM u;
  swept := swept || coalesce(ended, '{}');
  WITH q AS MATERIALIZED (
    SELECT id FROM ${s}.delivery
    WHERE expires_at IS NOT NULL AND state = 'scheduled' AND expires_at <= now_
    ORDER BY expires_at LIMIT 100 FOR UPDATE SKIP LOCKED),
  u AS (
    UPDATE ${s}.delivery d
    SET state = 'dead', due_at = NULL, ended_at = now_, reason = ends->'expired'->>'reason',
      detail = ends->'expired'->>'detail'
    FROM q WHERE d.id = q.id RETURNING d.id, d.owner, d.endpoint, d.order_key),
  w AS (INSERT INTO ${s}.signal (owner, endpoint, order_key) SELECT owner, endpoint, order_key FROM u)
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
  JOIN ${s}.delivery d ON d.id = c.id JOIN ${s}.message m ON m.id = c.id
  ORDER BY c.n;
  END IF;

  -- queues that have changed
  WITH gone AS (
    DELETE FROM ${s}.signal WHERE seq IN (
      SELECT seq FROM ${s}.signal ORDER BY seq LIMIT 5000 FOR UPDATE SKIP LOCKED)
    RETURNING owner, endpoint, order_key)
  SELECT array_agg(owner), array_agg(endpoint), array_agg(order_key)
  INTO owners, endpoints, lanes FROM gone;
  IF owners IS NOT NULL THEN
    -- the first of each order key of which none may go
    UPDATE ${s}.delivery SET waiting = false WHERE id IN (
      SELECT (
        SELECT d.id FROM ${s}.delivery d
        WHERE d.owner = l.owner AND d.endpoint = l.endpoint AND d.order_key = l.order_key
          AND d.order_key IS NOT NULL AND d.ended_at IS NULL
        ORDER BY d.id LIMIT 1)
      FROM (SELECT DISTINCT * FROM unnest(owners, endpoints, lanes)) AS l(owner, endpoint, order_key)
      WHERE l.order_key IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM ${s}.delivery d
        WHERE d.owner = l.owner AND d.endpoint = l.endpoint AND d.order_key = l.order_key
          AND d.order_key IS NOT NULL AND d.ended_at IS NULL AND NOT d.waiting));
    PERFORM ${s}.settle_v1(owners, endpoints);
    is_more := cardinality(owners) = 5000;
  END IF;

  -- owners take turns, then their endpoints
  SELECT greatest(last, now_) INTO place FROM ${s}.turn;
  WHILE free > 0 AND bytes_left > 0 LOOP
    IF turns = 0 THEN
      -- a round: each takes its share of what is free, and goes behind the others
      SELECT count(*) INTO turns FROM (
        SELECT 1 FROM ${s}.owner WHERE ready_at < now_ + 1 AND seq <> ALL (spent_owners) LIMIT free) ready;
      EXIT WHEN turns = 0;
      owner_share := greatest(1, free / turns);
    END IF;
    turns := turns - 1;
    SELECT * INTO o FROM ${s}.owner WHERE ready_at < now_ + 1 AND seq <> ALL (spent_owners)
    ORDER BY ready_at, owner LIMIT 1;
    CONTINUE WHEN NOT FOUND;
    visited := visited || o.owner::text;
    owner_room := 1000000; owner_next := 0; owner_base := o.used_up_to; owner_step := 0;
    IF owner_concurrency IS NOT NULL THEN
      SELECT owner_concurrency - count(*) INTO owner_room FROM ${s}.delivery
      WHERE owner = o.owner AND state = 'sending';
    END IF;
    IF owner_rate IS NOT NULL THEN
      SELECT least(owner_room, r.count), r.next_at, r.base, r.step
      INTO owner_room, owner_next, owner_base, owner_step
      FROM ${s}.room_v1(owner_rate, o.used_up_to, now_) r;
    END IF;
    want := least(owner_share, free, owner_room);
    taken := 0;
    -- so many of one endpoint in one turn, since a turn of one costs as much
    share := 4;
    IF want > share THEN
      SELECT greatest(4, want / greatest(1, count(*)))::int INTO share FROM (
        SELECT 1 FROM ${s}.endpoint WHERE owner = o.owner AND ready_at < now_ + 1 LIMIT want) ready;
    END IF;
    WHILE taken < want AND bytes_left > 0 LOOP
      SELECT * INTO e FROM ${s}.endpoint
      WHERE owner = o.owner AND ready_at < now_ + 1 AND seq <> ALL (spent)
      ORDER BY ready_at, endpoint LIMIT 1;
      EXIT WHEN NOT FOUND;
      is_probed := e.held_until IS NOT NULL;
      room := 1000000; room_next := 0; room_base := e.used_up_to; room_step := 0;
      IF endpoint_concurrency IS NOT NULL THEN
        SELECT endpoint_concurrency - count(*) INTO room FROM ${s}.delivery
        WHERE owner = o.owner AND endpoint = e.endpoint AND state = 'sending';
      END IF;
      rate := CASE WHEN e.paced_until > now_ THEN least(endpoint_rate, pace) ELSE endpoint_rate END;
      IF rate IS NOT NULL THEN
        SELECT least(room, r.count), r.next_at, r.base, r.step
        INTO room, room_next, room_base, room_step
        FROM ${s}.room_v1(rate, e.used_up_to, now_) r;
      END IF;
      got := 0;
      IF room > 0 THEN
        WITH q AS MATERIALIZED (
          SELECT id, due_at, bytes FROM ${s}.delivery
          WHERE owner = o.owner AND endpoint = e.endpoint AND state = 'scheduled' AND NOT waiting
            AND due_at < now_ + 1
          ORDER BY due_at, id
          LIMIT CASE WHEN is_probed THEN 1 ELSE least(share, want - taken, room) END
          FOR UPDATE SKIP LOCKED),
        f AS (
          SELECT id, row_number() OVER w AS n, sum(bytes) OVER w - bytes AS before
          FROM q WINDOW w AS (ORDER BY due_at, id)),
        u AS (
          UPDATE ${s}.delivery d
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
      UPDATE ${s}.endpoint p
      SET turn_at = t.turn_at, used_up_to = room_base + got * room_step, held_until = t.held_until,
        ready_at = CASE WHEN t.due_at IS NOT NULL
          THEN greatest(t.due_at, t.turn_at, t.held_until) END
      FROM (
        SELECT CASE WHEN room_next > 0 THEN room_next ELSE place END AS turn_at,
          -- the others wait for the outcome of the probe
          CASE WHEN is_probed AND got > 0 THEN now_ + lease_ms ELSE e.held_until END AS held_until, (
            SELECT d.due_at FROM ${s}.delivery d
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
    UPDATE ${s}.owner p
    SET turn_at = t.turn_at, used_up_to = owner_base + taken * owner_step,
      ready_at = CASE WHEN t.first IS NOT NULL THEN greatest(t.first, t.turn_at) END
    FROM (
      SELECT CASE WHEN owner_next > 0 THEN owner_next ELSE place END AS turn_at, (
        SELECT x.ready_at FROM ${s}.endpoint x
        WHERE x.owner = o.owner AND x.ready_at IS NOT NULL ORDER BY x.ready_at LIMIT 1) AS first
      OFFSET 0) t
    WHERE p.owner = o.owner;
  END LOOP;
  -- places of one millisecond differ by fractions, and stay before those of the next
  IF cardinality(visited) > 0 THEN
    UPDATE ${s}.turn SET last = least(place, now_ + 1023 / 1024::float8);
  END IF;

  is_more := is_more OR cardinality(swept) >= 100 OR (free = 0 OR bytes_left <= 0)
    AND EXISTS (SELECT 1 FROM ${s}.owner WHERE ready_at < now_ + 1);
  IF is_more THEN
    waits := 0;
  ELSE
    SELECT min(t.at) - now_ INTO waits FROM (
      (SELECT ready_at AS at FROM ${s}.owner WHERE ready_at >= now_ + 1 ORDER BY ready_at LIMIT 1)
      -- of an owner that may not send what is due now, something else may be due later
      UNION ALL (
        SELECT x.ready_at FROM unnest(visited) AS v(owner) CROSS JOIN LATERAL (
          SELECT n.ready_at FROM ${s}.endpoint n
          WHERE n.owner = v.owner AND n.ready_at >= now_ + 1 ORDER BY n.ready_at LIMIT 1) x)
      UNION ALL (
        SELECT lease_ends_at FROM ${s}.delivery WHERE state = 'sending'
        ORDER BY lease_ends_at LIMIT 1)
      UNION ALL (
        SELECT expires_at FROM ${s}.delivery WHERE expires_at IS NOT NULL AND state = 'scheduled'
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
  JOIN ${s}.delivery d ON d.id = c.id JOIN ${s}.message m ON m.id = c.id
  ORDER BY c.n;
  -- at the end, when the next is due
  RETURN QUERY SELECT 'end', false, waits, NULL::text, NULL::text, NULL::text, NULL::text, NULL::text,
    NULL::text, NULL::text, 0, 0, NULL::float8, NULL::float8, 0, NULL::text, NULL::text, NULL::text,
    NULL::text, NULL::float8, NULL::text, NULL::text, NULL::text, NULL::text, NULL::bytea;
END $$;

-- forgets endpoints and owners that were not sent to for an hour
CREATE OR REPLACE FUNCTION ${s}.forget_v1(at float8) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  now_ float8;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('${s} ringback claim'), 1);
  now_ := ${s}.now_v1(at);
  DELETE FROM ${s}.endpoint e
  WHERE e.ready_at IS NULL AND e.used_up_to < now_ - 3600000 AND e.turn_at < now_ - 3600000
    AND coalesce(e.held_until, 0) <= now_ AND coalesce(e.paced_until, 0) <= now_ AND NOT EXISTS (
      SELECT 1 FROM ${s}.delivery d
      WHERE d.owner = e.owner AND d.endpoint = e.endpoint AND d.state = 'sending');
  DELETE FROM ${s}.owner o
  WHERE o.ready_at IS NULL AND o.used_up_to < now_ - 3600000 AND o.turn_at < now_ - 3600000
    AND NOT EXISTS (SELECT 1 FROM ${s}.endpoint e WHERE e.owner = o.owner);
END $$;`
}
