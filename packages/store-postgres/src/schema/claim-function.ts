import { COMMIT_NAMES, COMMIT_PARAMETERS } from './commit-function.ts'
import { PLAN_SETTINGS } from './plan-settings.ts'

/** Of so many owners at most in one round: each turn costs as much as several deliveries. */
const TURNS = 16

/** No turn lies further ahead than a millisecond, unless the server's clock was set back; a little is waited for. */
const SET_BACK = 10_000

/** Gives the statement that creates the function that claims. */
export function claimFunctionOf(s: string): string {
  return `
-- commits what is given, ends what is over, and claims what is due; one claim at a time, over all processes
CREATE OR REPLACE FUNCTION ${s}.claim_v2(at float8, most int, lease_ms float8, endpoint_concurrency int,
  endpoint_rate float8, owner_concurrency int, owner_rate float8, pace float8, most_lost int,
  ends json, ${COMMIT_PARAMETERS})
RETURNS TABLE (kind text, n int, is_probe bool, next_in float8, id text, owner text, endpoint text,
  order_key text, state text, reason text, detail text, attempts int, refusals int, due_at float8,
  expires_at float8, lease int, operation_id text, callback text, method text, url text,
  created_at float8, dedupe_key text, exchange_key text, redrive_of text, settings text,
  payload bytea)
LANGUAGE plpgsql VOLATILE ${PLAN_SETTINGS} AS $$
#variable_conflict use_column
DECLARE
  now_ float8; place float8; free int := most; bytes_left float8 := 4194304;
  swept text[] := '{}'; is_over bool; is_changed bool; is_more bool := false; waits float8;
  -- the owners of a round: what each was asked to take, may take, may take of one endpoint, and took
  owners text[]; seqs bigint[]; uses float8[]; share int; sending int; room int;
  asked int[]; wants int[]; parts int[]; taken int[]; leaves bool[]; owner_turns float8[];
  visited text[] := '{}'; spent_owners bigint[] := '{}';
  -- their endpoints, in turn
  e record; spent bigint[] := '{}'; given int; took int; next_at float8; base float8; step float8;
  at_owners text[]; at_endpoints text[]; at_turns float8[]; at_uses float8[]; at_holds float8[];
  at_dues float8[]; tids tid[]; probed tid[]; claimed int := 0; lease_ends float8;
BEGIN
  IF c_ids IS NOT NULL THEN
    kind := 'committed';
    FOR settings IN SELECT row_to_json(c)::text FROM ${s}.commit_v2(at, ${COMMIT_NAMES}) c LOOP
      RETURN NEXT;
    END LOOP;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('${s} ringback claim'), 1);
  now_ := ${s}.now_v1(at);

  SELECT t.last, t.lease_ends_at, t.lease_ends_at <= now_ OR EXISTS (
      SELECT 1 FROM ${s}.queue WHERE expires_at IS NOT NULL AND expires_at <= now_),
    EXISTS (SELECT 1 FROM ${s}.signal)
  INTO place, lease_ends, is_over, is_changed FROM ${s}.turn t;
  IF place > now_ + ${SET_BACK} THEN
    PERFORM ${s}.turn_back_v2(now_, place - now_);
    lease_ends := lease_ends - (place - now_); place := now_;
  END IF;
  place := greatest(place, now_);
  IF is_over THEN
    swept := ${s}.sweep_v2(now_, most_lost, ends);
    SELECT min(d.lease_ends_at) INTO lease_ends FROM ${s}.sending d;
    RETURN QUERY
    SELECT 'swept', 0, false, NULL::float8, d.id::text, d.owner::text, d.endpoint::text,
      d.order_key::text, d.state::text, d.reason, d.detail, d.attempts, d.refusals, d.due_at,
      d.expires_at, d.lease, m.operation_id::text, m.callback::text, m.method::text, m.url,
      m.created_at, m.dedupe_key::text, m.exchange_key::text, m.redrive_of,
      NULL::text, NULL::bytea
    FROM (
      SELECT id, min(n) AS n FROM unnest(swept) WITH ORDINALITY AS ended(id, n) GROUP BY id) AS c
    JOIN ${s}.delivery d ON d.id = c.id JOIN ${s}.message m ON m.id = c.id
    ORDER BY c.n;
  END IF;
  IF is_over OR is_changed THEN is_more := ${s}.settle_v2(); END IF;

  -- owners take turns, then their endpoints. What goes is chosen by a loop, since what PostgreSQL does before the first row
  -- of one large statement costs as much as twenty deliveries; what is chosen is written at once.
  WHILE free > 0 AND bytes_left > 0 LOOP
    -- a round: some owners that have something due take a share of what is free, and go behind the others
    SELECT array_agg(owner), array_agg(seq), array_agg(used_up_to) INTO owners, seqs, uses
    FROM (
      SELECT owner, seq, used_up_to FROM ${s}.owner
      WHERE ready_at < now_ + 1 AND seq <> ALL (spent_owners)
      ORDER BY ready_at, owner LIMIT least(free, ${TURNS})) AS ready;
    EXIT WHEN owners IS NULL;
    share := CASE WHEN cardinality(owners) < least(free, ${TURNS}) THEN free / cardinality(owners)
      ELSE ceil(free / ${TURNS}::float8) END;
    asked := '{}'; wants := '{}'; parts := '{}'; owner_turns := '{}';
    FOR i IN 1 .. cardinality(owners) LOOP
      asked[i] := least(share, free - (i - 1) * share);
      EXIT WHEN asked[i] <= 0;
      wants[i] := asked[i];
      owner_turns[i] := 0;
      IF owner_rate IS NOT NULL THEN
        SELECT r.* INTO room, next_at, base, step
        FROM ${s}.room_v2(owner_rate, uses[i], now_) AS r;
        wants[i] := least(wants[i], room);
        owner_turns[i] := next_at;
        uses[i] := base;
      END IF;
      IF owner_concurrency IS NOT NULL THEN
        SELECT count(*) INTO sending FROM ${s}.sending d WHERE d.owner = owners[i];
        wants[i] := greatest(0, least(wants[i], owner_concurrency - sending));
      END IF;
      -- so many of one endpoint in one turn, since a turn of one costs as much
      parts[i] := 4;
      IF wants[i] > 4 THEN
        SELECT greatest(4, wants[i] / greatest(1, count(*))) INTO room
        FROM (
          SELECT 1 FROM ${s}.endpoint x WHERE x.owner = owners[i] AND x.ready_at < now_ + 1
          LIMIT wants[i]) AS ready;
        parts[i] := room;
      END IF;
    END LOOP;
    taken := array_fill(0, ARRAY[cardinality(wants)]);
    leaves := array_fill(false, ARRAY[cardinality(wants)]);
    at_owners := '{}'; at_endpoints := '{}'; at_turns := '{}'; at_uses := '{}'; at_holds := '{}';
    at_dues := '{}'; tids := '{}'; probed := '{}';

    FOR e IN
      SELECT o.n::int, x.*, q.*, f.*, least(coalesce(x.rate, endpoint_rate),
          CASE WHEN x.paced_until > now_ THEN pace END) AS most_rate,
        coalesce(x.concurrency, endpoint_concurrency) AS most_sending
      FROM unnest(owners, wants, parts) WITH ORDINALITY AS o(owner, want, part, n)
      CROSS JOIN LATERAL (
        SELECT x.seq, x.owner, x.endpoint, x.held_until, x.paced_until, x.used_up_to, x.due_at,
          x.rate, x.concurrency
        FROM ${s}.endpoint x
        WHERE x.owner = o.owner AND x.ready_at < now_ + 1 AND x.seq <> ALL (spent)
        ORDER BY x.ready_at, x.endpoint LIMIT o.want) AS x
      -- of its queue, one delivery more than may go
      CROSS JOIN LATERAL (
        SELECT array_agg(tid) AS queue, sum(bytes) AS size, array_agg(due_at) AS dues,
          count(*) FILTER (WHERE due_at < now_ + 1) AS due
        FROM (
          SELECT d.ctid AS tid, d.bytes, d.due_at FROM ${s}.queue d
          WHERE d.owner = o.owner AND d.endpoint = x.endpoint AND NOT d.waiting
            AND d.due_at >= x.due_at
          ORDER BY d.due_at, d.id LIMIT least(o.want, o.part) + 1) AS d) AS q
      CROSS JOIN LATERAL (
        SELECT CASE WHEN coalesce(x.concurrency, endpoint_concurrency) IS NOT NULL THEN (
          SELECT count(*)::int FROM ${s}.sending d
          WHERE d.owner = o.owner AND d.endpoint = x.endpoint) END AS sending) AS f
      WHERE o.want > 0
    LOOP
      CONTINUE WHEN taken[e.n] >= wants[e.n] OR bytes_left <= 0;
      given := least(wants[e.n] - taken[e.n], parts[e.n]);
      next_at := 0; base := e.used_up_to; step := 0;
      IF e.most_rate IS NOT NULL THEN
        SELECT r.* INTO room, next_at, base, step
        FROM ${s}.room_v2(e.most_rate, e.used_up_to, now_) AS r;
        given := least(given, room);
      END IF;
      -- without a limit there is no count of what is being sent, and least passes over NULL
      given := least(given, e.most_sending - e.sending);
      IF e.held_until IS NOT NULL THEN given := least(given, 1); END IF;
      took := greatest(0, least(given, e.due));
      IF took > 0 AND e.size > bytes_left THEN
        SELECT count(*), bytes_left - sum(f.bytes) INTO took, bytes_left
        FROM (
          SELECT d.bytes, sum(d.bytes) OVER (ORDER BY t.n) - d.bytes AS before
          FROM unnest(e.queue[:took]) WITH ORDINALITY AS t(tid, n)
          JOIN ${s}.queue d ON d.ctid = t.tid) AS f
        WHERE f.before < bytes_left;
      ELSIF took > 0 THEN
        -- of what was looked at, the share that goes
        bytes_left := bytes_left - e.size * took / cardinality(e.queue);
      END IF;
      tids := tids || e.queue[:took];
      IF e.held_until IS NOT NULL THEN probed := probed || e.queue[:took]; END IF;
      -- one that gives less than it is asked for has no more
      IF took < least(wants[e.n] - taken[e.n], parts[e.n]) THEN spent := spent || e.seq;
      ELSE leaves[e.n] := true; END IF;
      taken[e.n] := taken[e.n] + took;
      place := place + 1 / 1024::float8;
      at_owners := at_owners || e.owner;
      at_endpoints := at_endpoints || e.endpoint;
      at_turns := at_turns || CASE WHEN next_at > 0 THEN next_at ELSE place END;
      at_uses := at_uses || (base + took * step);
      -- the others wait for the outcome of the probe
      at_holds := at_holds || CASE WHEN took > 0 AND e.held_until IS NOT NULL THEN now_ + lease_ms END;
      at_dues := at_dues || e.dues[took + 1];
    END LOOP;
    IF cardinality(tids) > 0 THEN
      -- its rows come in the order of the plan, and are numbered
      RETURN QUERY
      WITH d AS (
        DELETE FROM ${s}.queue d USING unnest(tids) WITH ORDINALITY AS q(tid, n) WHERE d.ctid = q.tid
        RETURNING d.*, q.tid = ANY (probed) AS is_probed, q.n),
      i AS (
        INSERT INTO ${s}.sending (id, owner, endpoint, order_key, reason, attempts, refusals, bytes,
          expires_at, lease, lease_ends_at, lost_leases)
        SELECT d.id, d.owner, d.endpoint, d.order_key, d.reason, d.attempts, d.refusals, d.bytes,
          d.expires_at, d.lease + 1, now_ + lease_ms, d.lost_leases
        FROM d)
      SELECT 'claimed', claimed + d.n::int, d.is_probed, NULL::float8, d.id::text, d.owner::text,
        d.endpoint::text, d.order_key::text, 'sending', d.reason, NULL, d.attempts, d.refusals,
        NULL::float8, d.expires_at, d.lease + 1, m.operation_id::text, m.callback::text, m.method::text,
        m.url, m.created_at, m.dedupe_key::text, m.exchange_key::text, m.redrive_of, m.settings,
        m.payload
      FROM d JOIN ${s}.message m ON m.id = d.id;
      claimed := claimed + cardinality(tids);
      lease_ends := least(lease_ends, now_ + lease_ms);
    END IF;
    UPDATE ${s}.endpoint x
    SET turn_at = t.turn_at, due_at = t.due_at, used_up_to = t.used,
      held_until = coalesce(t.held, x.held_until),
      ready_at = CASE WHEN t.due_at IS NOT NULL
        THEN greatest(t.due_at, t.turn_at, coalesce(t.held, x.held_until)) END
    FROM unnest(at_owners, at_endpoints, at_turns, at_uses, at_holds, at_dues)
      AS t(owner, endpoint, turn_at, used, held, due_at)
    WHERE x.owner = t.owner AND x.endpoint = t.endpoint;
    UPDATE ${s}.owner o
    SET turn_at = t.turn_at, used_up_to = t.used,
      ready_at = CASE WHEN t.first IS NOT NULL THEN greatest(t.first, t.turn_at) END
    FROM (
      SELECT v.owner, CASE WHEN owner_rate IS NULL THEN v.used ELSE v.used + v.taken * 1000 / owner_rate END
          AS used, CASE WHEN v.next_at > 0 THEN v.next_at ELSE place + v.n / 1024::float8 END AS turn_at, (
          SELECT x.ready_at FROM ${s}.endpoint x
          WHERE x.owner = v.owner AND x.ready_at IS NOT NULL ORDER BY x.ready_at LIMIT 1) AS first
      FROM unnest(owners[:cardinality(wants)], uses, owner_turns, taken) WITH ORDINALITY
        AS v(owner, used, next_at, taken, n)
      WHERE v.owner IS NOT NULL
      -- once, and not at each use
      OFFSET 0) AS t
    WHERE o.owner = t.owner;
    place := place + cardinality(wants) / 1024::float8;
    visited := visited || owners[:cardinality(wants)];
    FOR i IN 1 .. cardinality(wants) LOOP
      free := free - taken[i];
      IF taken[i] < asked[i] AND NOT leaves[i] THEN spent_owners := spent_owners || seqs[i]; END IF;
    END LOOP;
  END LOOP;
  is_more := is_more OR cardinality(swept) >= 100 OR (free = 0 OR bytes_left <= 0)
    AND EXISTS (SELECT 1 FROM ${s}.owner WHERE ready_at < now_ + 1);
  IF is_more THEN
    waits := 0;
  ELSE
    waits := ${s}.next_v2(now_, visited) - now_;
    -- the first of the leases may be over
    IF lease_ends < coalesce(waits + now_, lease_ends + 1) THEN
      SELECT min(d.lease_ends_at) INTO lease_ends FROM ${s}.sending d;
      waits := least(waits, lease_ends - now_);
    END IF;
    waits := CASE WHEN waits IS NOT NULL THEN greatest(0, floor(waits)) END;
  END IF;

  -- places of one millisecond differ by fractions, and stay before those of the next
  place := CASE WHEN cardinality(visited) > 0 THEN least(place, now_ + 1023 / 1024::float8) END;
  UPDATE ${s}.turn t SET last = coalesce(place, t.last), lease_ends_at = lease_ends
  WHERE place IS NOT NULL OR t.lease_ends_at IS DISTINCT FROM lease_ends;

  -- at the end, when the next is due
  kind := 'end'; settings := NULL; next_in := waits; RETURN NEXT;
END $$;`
}
