import { PLAN_SETTINGS } from './plan-settings.ts'

/**
 * The columns of the ends of claims, each an array, in the order in which `commit_v2` and `claim_v2` take them: PostgreSQL
 * reads an array several times as fast as the objects of a JSON text. An array that has no value at all may be empty, which
 * costs nothing for each row; only `c_ids` and `c_leases` have one for each.
 */
export const COMMIT_COLUMNS = [
  ['c_ids', 'text'],
  ['c_leases', 'int'],
  ['c_states', 'text'],
  ['c_reasons', 'text'],
  ['c_details', 'text'],
  ['c_delays', 'float8'],
  ['c_counts', 'int'],
  ['c_refusals', 'int'],
  ['c_starts', 'float8'],
  ['c_durations', 'float8'],
  ['c_statuses', 'int'],
  ['c_failures', 'text'],
  ['c_failure_details', 'text'],
  ['c_sizes', 'float8'],
  ['c_bodies', 'text'],
  ['c_responses', 'text'],
  ['c_orphans', 'bool'],
] as const

/** The parameters for those columns. */
export const COMMIT_PARAMETERS: string = COMMIT_COLUMNS.map(
  ([name, type]) => `${name} ${type}[]`,
).join(', ')

/** Their names, as a call passes them on. */
export const COMMIT_NAMES: string = COMMIT_COLUMNS.map(([name]) => name).join(', ')

/** Gives the statement that creates the function that ends claims. */
export function commitFunctionOf(s: string): string {
  return `
-- ends claims; gives the time, those that are not done, and endpoints whose health is not the best
CREATE OR REPLACE FUNCTION ${s}.commit_v2(at float8, ${COMMIT_PARAMETERS})
RETURNS TABLE (n int, result text, now_at float8, owner text, endpoint text, held_until float8,
  paced_until float8, health text)
LANGUAGE plpgsql VOLATILE ${PLAN_SETTINGS} AS $$
#variable_conflict use_column
DECLARE
  now_ float8 := ${s}.now_v1(at);
  done int[]; owners text[]; endpoints text[]; lanes text[]; dues float8[]; is_changed bool;
  is_all bool;
BEGIN
  -- what is recorded of the attempts is another statement's: each further column costs for each row
  WITH d AS (
    DELETE FROM ${s}.sending d
    USING unnest(c_ids, c_leases, c_states, c_reasons, c_details, c_counts, c_refusals)
      WITH ORDINALITY AS r(id, lease, state, reason, detail, attempts, refusals, n)
    WHERE d.id = r.id AND d.lease = r.lease AND r.state <> 'scheduled'
    RETURNING r.*, d.owner, d.endpoint, d.order_key, d.bytes, d.expires_at),
  e AS (
    INSERT INTO ${s}.ended (id, owner, endpoint, order_key, state, reason, detail, attempts, refusals,
      bytes, expires_at, ended_at, lease)
    SELECT id, owner, endpoint, order_key, state, reason, detail, attempts, refusals, bytes, expires_at,
      now_, lease
    FROM d)
  SELECT array_agg(n), array_agg(owner), array_agg(endpoint), array_agg(order_key),
    array_agg(NULL::float8), coalesce(bool_or(order_key IS NOT NULL), false)
  INTO done, owners, endpoints, lanes, dues, is_changed FROM d;

  IF 'scheduled' = ANY (c_states) THEN
    -- those that wait again
    WITH d AS (
      DELETE FROM ${s}.sending d
      USING unnest(c_ids, c_leases, c_states, c_reasons, c_details, c_delays, c_counts, c_refusals)
        WITH ORDINALITY AS r(id, lease, state, reason, detail, delay, attempts, refusals, n)
      WHERE d.id = r.id AND d.lease = r.lease AND r.state = 'scheduled'
      RETURNING r.*, now_ + coalesce(r.delay, 0) AS due_at, d.owner, d.endpoint, d.order_key, d.bytes,
        d.expires_at),
    q AS (
      INSERT INTO ${s}.queue (id, owner, endpoint, order_key, reason, detail, attempts, refusals, bytes,
        due_at, expires_at, waiting, lease)
      SELECT id, owner, endpoint, order_key, reason, detail, attempts, refusals, bytes, due_at,
        expires_at, false, lease
      FROM d)
    SELECT done || array_agg(n), owners || array_agg(owner), endpoints || array_agg(endpoint),
      lanes || array_agg(order_key), dues || array_agg(due_at), is_changed OR count(*) > 0
    INTO done, owners, endpoints, lanes, dues, is_changed FROM d;
  END IF;
  is_all := coalesce(cardinality(done), 0) = cardinality(c_ids);

  IF NOT is_all THEN
    -- what was cancelled while it was being sent, and was delivered
    WITH u AS (
      UPDATE ${s}.ended d
      SET state = r.state, reason = r.reason, detail = r.detail, attempts = r.attempts,
        refusals = r.refusals, ended_at = now_
      FROM unnest(c_ids, c_leases, c_states, c_reasons, c_details, c_counts, c_refusals)
        WITH ORDINALITY AS r(id, lease, state, reason, detail, attempts, refusals, n)
      WHERE d.id = r.id AND d.lease = r.lease AND d.state = 'cancelled' AND r.state = 'delivered'
      RETURNING r.n, d.owner, d.endpoint)
    SELECT done || array_agg(n), owners || array_agg(owner), endpoints || array_agg(endpoint)
    INTO done, owners, endpoints FROM u;
    is_all := coalesce(cardinality(done), 0) = cardinality(c_ids);
  END IF;

  INSERT INTO ${s}.attempt
    (delivery, lease, started_at, duration, status, reason, detail, bytes, body, response, orphan)
  SELECT r.id, r.lease, r.started_at, r.duration, r.status, r.failure, r.failure_detail, r.bytes, r.body,
    r.response, r.orphan
  FROM unnest(c_ids, c_leases, c_starts, c_durations, c_statuses, c_failures, c_failure_details,
    c_sizes, c_bodies, c_responses, c_orphans) WITH ORDINALITY AS r(id, lease, started_at,
      duration, status, failure, failure_detail, bytes, body, response, orphan, n)
  WHERE r.started_at IS NOT NULL AND (is_all OR r.n = ANY (done));

  IF is_changed THEN
    -- a queue has changed where a delivery waits again, or where the next of its order key may go
    INSERT INTO ${s}.signal (owner, endpoint, order_key, due_at)
    SELECT owner, endpoint, order_key, min(due_at)
    FROM unnest(owners, endpoints, lanes, dues) AS u(owner, endpoint, order_key, due_at)
    WHERE due_at IS NOT NULL OR order_key IS NOT NULL GROUP BY owner, endpoint, order_key;
  END IF;

  IF NOT is_all THEN
    RETURN QUERY
    WITH r AS MATERIALIZED (
      SELECT r.n, d.id, r.lease, d.state, d.lease = r.lease AS is_held, r.started_at, r.duration,
        r.status, r.failure, r.failure_detail, r.bytes, r.body, r.response, r.orphan, (
          -- the commit was made before, and its response was lost
          SELECT a.orphan IS NOT TRUE FROM ${s}.attempt a
          WHERE a.delivery = r.id AND a.lease = r.lease
          LIMIT 1) AS is_kept
      FROM unnest(${COMMIT_NAMES}) WITH ORDINALITY AS r(id, lease, state, reason, detail,
        delay, attempts, refusals, started_at, duration, status, failure, failure_detail, bytes, body,
        response, orphan, n)
      LEFT JOIN ${s}.delivery d ON d.id = r.id
      WHERE r.n <> ALL (coalesce(done, '{}'))),
    o AS MATERIALIZED (
      SELECT r.*, CASE WHEN r.state = 'cancelled' AND is_held THEN 'cancelled'
        WHEN is_kept THEN 'done' ELSE 'lost' END AS what
      FROM r),
    a AS (
      INSERT INTO ${s}.attempt
        (delivery, lease, started_at, duration, status, reason, detail, bytes, body, response, orphan)
      SELECT id, lease, started_at, duration, status, failure, failure_detail, bytes, body, response,
        CASE WHEN orphan OR what = 'lost' THEN true END
      FROM o WHERE id IS NOT NULL AND started_at IS NOT NULL AND is_kept IS NULL)
    SELECT o.n::int, o.what, now_, NULL, NULL, NULL::float8, NULL::float8, NULL FROM o;
  END IF;

  -- most of the time all are well, which costs less to find out
  IF EXISTS (
    SELECT 1 FROM ${s}.endpoint
    WHERE held_until IS NOT NULL OR paced_until IS NOT NULL OR health IS NOT NULL) THEN
    RETURN QUERY
    SELECT NULL::int, 'endpoint', now_, e.owner::text, e.endpoint::text, e.held_until, e.paced_until,
      e.health
    FROM (SELECT DISTINCT * FROM unnest(owners, endpoints)) AS u(owner, endpoint)
    JOIN ${s}.endpoint e ON e.owner = u.owner AND e.endpoint = u.endpoint
    WHERE e.held_until IS NOT NULL OR e.paced_until IS NOT NULL OR e.health IS NOT NULL;
  END IF;
  RETURN QUERY SELECT NULL::int, 'now', now_, NULL, NULL, NULL::float8, NULL::float8, NULL;
END $$;

-- changes the health of an endpoint, unless it has changed meanwhile
CREATE OR REPLACE FUNCTION ${s}.judge_v1(the_owner text, the_endpoint text, before json, after json)
RETURNS bool LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  UPDATE ${s}.endpoint
  SET held_until = (after->>0)::float8, paced_until = (after->>1)::float8, health = after->>2
  WHERE owner = the_owner AND endpoint = the_endpoint
    AND held_until IS NOT DISTINCT FROM (before->>0)::float8
    AND paced_until IS NOT DISTINCT FROM (before->>1)::float8
    AND health IS NOT DISTINCT FROM before->>2;
  IF NOT FOUND THEN RETURN false; END IF;
  IF (before->>0)::float8 IS DISTINCT FROM (after->>0)::float8 THEN
    INSERT INTO ${s}.signal (owner, endpoint) VALUES (the_owner, the_endpoint);
  END IF;
  RETURN true;
END $$;`
}
