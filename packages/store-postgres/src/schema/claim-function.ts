import { COMMIT_NAMES, COMMIT_PARAMETERS } from './commit-function.ts'

/** Gives the statements that create the function that claims, and those that it calls. */
export function claimFunctionsOf(s: string): string {
  return `
-- how many requests a rate allows now, when it allows the next, and from when on it is used up
CREATE OR REPLACE FUNCTION ${s}.room_v2(rate float8, used_up_to float8, now_ float8)
RETURNS TABLE (count int, next_at float8, base float8, step float8)
LANGUAGE sql IMMUTABLE AS $$
  SELECT least(allowed, 1000000)::int,
    CASE WHEN allowed = 0 THEN greatest(ceil(base + step), now_ + 1) ELSE 0 END, base, step
  FROM (
    SELECT base, step, greatest(0, floor((now_ - base) / step + 1e-6)) AS allowed
    FROM (
      -- an unused rate gathers for one second
      SELECT greatest(used_up_to, now_ - greatest(1000, 1000 / rate)) AS base, 1000 / rate AS step
      WHERE rate IS NOT NULL) AS b
    OFFSET 0) AS a
$$;

-- the times of endpoints and their owners: who has something due, and whose turn it is
CREATE OR REPLACE FUNCTION ${s}.settle_v1(owners text[], endpoints text[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET enable_seqscan = off
SET enable_hashjoin = off SET enable_mergejoin = off
SET jit = off SET plan_cache_mode = force_generic_plan AS $$
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
  ends json, ${COMMIT_PARAMETERS})
RETURNS TABLE (kind text, is_probe bool, next_in float8, id text, owner text, endpoint text,
  order_key text, state text, reason text, detail text, attempts int, refusals int, due_at float8,
  expires_at float8, lease int, operation_id text, callback text, method text, url text,
  created_at float8, dedupe_key text, exchange_key text, redrive_of text, settings text,
  payload bytea)
LANGUAGE plpgsql VOLATILE SET enable_seqscan = off
SET enable_hashjoin = off SET enable_mergejoin = off
SET jit = off SET plan_cache_mode = force_generic_plan AS $$
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
  -- of the owners of a round, in turn
  turn_owners text[]; turn_seqs bigint[]; wants int[]; shares int[]; taken int[]; bases float8[];
  steps float8[]; nexts float8[]; owner_share int;
  -- of the endpoints that had their turn
  places float8[]; used float8[]; holds bool[]; over bigint[];
  ids text[]; probed text[]; size float8;
  is_more bool := false; waits float8;
BEGIN
  IF c_ids IS NOT NULL THEN
    RETURN QUERY SELECT 'committed', false, NULL::float8, NULL::text, NULL::text, NULL::text,
      NULL::text, NULL::text, NULL::text, NULL::text, 0, 0, NULL::float8, NULL::float8, 0, NULL::text,
      NULL::text, NULL::text, NULL::text, NULL::float8, NULL::text, NULL::text, NULL::text,
      row_to_json(c)::text, NULL::bytea
    FROM ${s}.commit_v1(at, ${COMMIT_NAMES}) c;
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
    -- a round: each owner that has something due takes its share of what is free, and goes behind the others
    WITH o AS (
      SELECT owner, seq, used_up_to, row_number() OVER (ORDER BY ready_at, owner) AS n,
        greatest(1, free / count(*) OVER ())::int AS share
      FROM (
        SELECT * FROM ${s}.owner WHERE ready_at < now_ + 1 AND seq <> ALL (spent_owners)
        ORDER BY ready_at, owner LIMIT free) AS ready),
    w AS (
      SELECT o.*, r.next_at, r.base, r.step,
        greatest(0, least(o.share, r.count, owner_concurrency - sending.count))::int AS want
      FROM o LEFT JOIN LATERAL ${s}.room_v2(owner_rate, o.used_up_to, now_) AS r ON true
      CROSS JOIN LATERAL (
        SELECT count(*) FROM ${s}.delivery d
        WHERE owner_concurrency IS NOT NULL AND d.owner = o.owner AND d.state = 'sending') AS sending)
    SELECT array_agg(owner ORDER BY n), array_agg(seq ORDER BY n), array_agg(want ORDER BY n),
      array_fill(0, ARRAY[count(*)::int]), array_agg(coalesce(base, used_up_to) ORDER BY n),
      array_agg(coalesce(step, 0) ORDER BY n), array_agg(next_at ORDER BY n),
      -- so many of one endpoint in one turn, since a turn of one costs as much
      array_agg(CASE WHEN want <= 4 THEN 4 ELSE greatest(4, want / greatest(1, (
        SELECT count(*) FROM (
          SELECT 1 FROM ${s}.endpoint e WHERE e.owner = w.owner AND e.ready_at < now_ + 1
          LIMIT want) AS ready)))::int END ORDER BY n), min(share)
    INTO turn_owners, turn_seqs, wants, taken, bases, steps, nexts, shares, owner_share
    FROM w;
    EXIT WHEN turn_owners IS NULL;

    WHILE bytes_left > 0 LOOP
      WITH o AS MATERIALIZED (
        SELECT * FROM unnest(turn_owners, wants, shares)
          WITH ORDINALITY AS o(owner, want, share, n)
        WHERE want > 0),
      q AS MATERIALIZED (
        SELECT o.n, o.want, o.share, x.*,
          sum(x.bytes) OVER (ORDER BY o.n, x.turn, x.due_at, x.id) - x.bytes AS before
        FROM o CROSS JOIN LATERAL (
          SELECT e.turn, e.seq, e.endpoint, e.held_until IS NOT NULL AS is_probed, r.next_at, r.base,
            r.step, d.ctid AS tid, d.id, d.due_at, d.bytes
          FROM (
            SELECT e.*, row_number() OVER (ORDER BY e.ready_at, e.endpoint) AS turn
            FROM ${s}.endpoint e
            WHERE e.owner = o.owner AND e.ready_at < now_ + 1 AND e.seq <> ALL (spent)
            ORDER BY e.ready_at, e.endpoint LIMIT o.want) AS e
          CROSS JOIN LATERAL (
            SELECT coalesce(r.next_at, 0) AS next_at, coalesce(r.base, e.used_up_to) AS base,
              coalesce(r.step, 0) AS step, greatest(0, least(o.share, r.count,
                CASE WHEN e.held_until IS NOT NULL THEN 1 END,
                coalesce(e.concurrency, endpoint_concurrency) - sending.count)) AS most
            FROM (
              SELECT count(*) FROM ${s}.delivery d
              WHERE coalesce(e.concurrency, endpoint_concurrency) IS NOT NULL AND d.owner = o.owner
                AND d.endpoint = e.endpoint AND d.state = 'sending') AS sending
            LEFT JOIN LATERAL ${s}.room_v2(
              least(coalesce(e.rate, endpoint_rate), CASE WHEN e.paced_until > now_ THEN pace END),
              e.used_up_to, now_) AS r ON true) AS r
          LEFT JOIN LATERAL (
            SELECT d.ctid, d.id, d.due_at, d.bytes FROM ${s}.delivery d
            WHERE d.owner = o.owner AND d.endpoint = e.endpoint AND d.state = 'scheduled'
              AND NOT d.waiting AND d.due_at < now_ + 1
            ORDER BY d.due_at, d.id LIMIT r.most) AS d ON true
          -- endpoint after endpoint, until the owner has its share
          LIMIT o.want) AS x),
      u AS (
        UPDATE ${s}.delivery d
        SET state = 'sending', detail = NULL, due_at = NULL, lease = d.lease + 1,
          lease_ends_at = now_ + lease_ms
        FROM q WHERE d.ctid = q.tid AND q.before < bytes_left AND d.state = 'scheduled'
        RETURNING d.id, d.bytes, q.n, q.want, q.share, q.turn, q.seq, q.endpoint, q.is_probed,
          q.next_at, q.base, q.step, q.due_at),
      -- the endpoints that had their turn
      v AS (
        SELECT n, turn, min(want) AS want, min(share) AS share, min(seq) AS seq,
          min(endpoint) AS endpoint, min(next_at) AS next_at, min(base) AS base, min(step) AS step,
          bool_or(is_probed) AS is_probed, count(id)::int AS got, count(*) AS found
        FROM (
          SELECT n, turn, want, share, seq, endpoint, next_at, base, step, is_probed, id FROM u
          UNION ALL
          SELECT n, turn, want, share, seq, endpoint, next_at, base, step, is_probed, id FROM q
          WHERE id IS NULL) AS q
        GROUP BY n, turn),
      -- an endpoint that gives less than it may has no more, but the last may have been cut short
      e AS (
        SELECT v.*, got < share AND (got = 0 OR sum(found) OVER w < want OR turn < max(turn) OVER w)
          AS is_spent
        FROM v WINDOW w AS (PARTITION BY n)),
      t AS (
        SELECT n, sum(taken)::int AS taken,
          CASE WHEN bool_or(is_more) THEN sum(want)::int ELSE 0 END AS want
        FROM (
          SELECT n, taken, want, false AS is_more
          FROM unnest(taken, wants) WITH ORDINALITY AS o(taken, want, n)
          UNION ALL
          SELECT n, got, -got, NOT is_spent FROM e) AS o
        GROUP BY n)
      SELECT (SELECT array_agg(id ORDER BY n, turn, due_at, id) FROM u),
        (SELECT array_agg(id) FROM u WHERE is_probed), (SELECT coalesce(sum(bytes), 0) FROM u),
        array_agg(turn_owners[n] ORDER BY n, turn), array_agg(endpoint ORDER BY n, turn),
        array_agg(CASE WHEN next_at > 0 THEN next_at END ORDER BY n, turn),
        array_agg(base + got * step ORDER BY n, turn),
        array_agg(is_probed AND got > 0 ORDER BY n, turn), array_agg(seq) FILTER (WHERE is_spent),
        (SELECT array_agg(t.taken ORDER BY n) FROM t), (SELECT array_agg(t.want ORDER BY n) FROM t)
      INTO ids, probed, size, owners, endpoints, places, used, holds, over, taken, wants
      FROM e;
      EXIT WHEN endpoints IS NULL;
      claimed := claimed || ids;
      probes := probes || probed;
      spent := spent || over;
      bytes_left := bytes_left - size;
      UPDATE ${s}.endpoint p
      SET turn_at = t.turn_at, used_up_to = t.used,
        -- the others wait for the outcome of the probe
        held_until = CASE WHEN t.is_held THEN now_ + lease_ms ELSE p.held_until END,
        ready_at = CASE WHEN t.due_at IS NOT NULL THEN greatest(t.due_at, t.turn_at,
          CASE WHEN t.is_held THEN now_ + lease_ms ELSE p.held_until END) END
      FROM (
        SELECT v.owner, v.endpoint, v.used, v.is_held,
          coalesce(v.next_at, place + v.n / 1024::float8) AS turn_at, (
            SELECT d.due_at FROM ${s}.delivery d
            WHERE d.owner = v.owner AND d.endpoint = v.endpoint AND d.state = 'scheduled'
              AND NOT d.waiting
            ORDER BY d.due_at, d.id LIMIT 1) AS due_at
        FROM unnest(owners, endpoints, places, used, holds)
          WITH ORDINALITY AS v(owner, endpoint, next_at, used, is_held, n)
        -- once, and not at each use
        OFFSET 0) t
      WHERE p.owner = t.owner AND p.endpoint = t.endpoint;
      place := place + cardinality(endpoints) / 1024::float8;
      EXIT WHEN 0 = ALL (wants);
    END LOOP;

    UPDATE ${s}.owner p
    SET turn_at = t.turn_at, used_up_to = t.used,
      ready_at = CASE WHEN t.first IS NOT NULL THEN greatest(t.first, t.turn_at) END
    FROM (
      SELECT v.owner, v.base + v.taken * v.step AS used,
        CASE WHEN v.next_at > 0 THEN v.next_at ELSE place + v.n / 1024::float8 END AS turn_at, (
          SELECT x.ready_at FROM ${s}.endpoint x
          WHERE x.owner = v.owner AND x.ready_at IS NOT NULL ORDER BY x.ready_at LIMIT 1) AS first
      FROM unnest(turn_owners, bases, steps, nexts, taken)
        WITH ORDINALITY AS v(owner, base, step, next_at, taken, n)
      OFFSET 0) t
    WHERE p.owner = t.owner;
    place := place + cardinality(turn_owners) / 1024::float8;
    visited := visited || turn_owners;
    SELECT free - sum(v.taken), spent_owners || array_agg(v.seq) FILTER (WHERE v.taken < owner_share)
    INTO free, spent_owners FROM unnest(turn_seqs, taken) AS v(seq, taken);
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
  WHERE left(e.endpoint, 3) <> 'ep_' AND e.ready_at IS NULL AND e.used_up_to < now_ - 3600000 AND e.turn_at < now_ - 3600000
    AND coalesce(e.held_until, 0) <= now_ AND coalesce(e.paced_until, 0) <= now_ AND NOT EXISTS (
      SELECT 1 FROM ${s}.delivery d
      WHERE d.owner = e.owner AND d.endpoint = e.endpoint AND d.state = 'sending');
  DELETE FROM ${s}.owner o
  WHERE o.ready_at IS NULL AND o.used_up_to < now_ - 3600000 AND o.turn_at < now_ - 3600000
    AND NOT EXISTS (SELECT 1 FROM ${s}.endpoint e WHERE e.owner = o.owner);
END $$;`
}
