/** Gives the statement that creates the function that ends claims. */
export function commitFunctionOf(s: string): string {
  return `
-- ends claims; gives what became of each, and the health of its endpoint
CREATE OR REPLACE FUNCTION ${s}.commit_v1(at float8, entries json)
RETURNS TABLE (n int, result text, now_at float8, owner text, endpoint text, held_until float8,
  paced_until float8, health text)
LANGUAGE plpgsql VOLATILE SET enable_seqscan = off
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
#variable_conflict use_column
DECLARE
  now_ float8 := ${s}.now_v1(at);
  done int[];
BEGIN
  WITH r AS MATERIALIZED (
    SELECT * FROM json_to_recordset(entries) AS r(n int, id text, lease int, state text,
      reason text, detail text, delay float8, attempts int, refusals int)),
  u AS (
    UPDATE ${s}.delivery d
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
    INSERT INTO ${s}.signal (owner, endpoint, order_key)
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
    FROM r LEFT JOIN ${s}.delivery d ON d.id = r.id),
  a AS (
    INSERT INTO ${s}.attempt
      (delivery, started_at, duration, status, reason, detail, bytes, body, response, orphan)
    SELECT o.id, a.started_at, a.duration, a.status, a.reason, a.detail, a.bytes, a.body,
      a.response, CASE WHEN a.orphan OR o.what = 'lost' THEN true END
    FROM o CROSS JOIN LATERAL json_to_record(o.attempt) AS a(started_at float8, duration float8,
      status int, reason text, detail text, bytes float8, body text, response text, orphan bool)
    WHERE o.id IS NOT NULL AND o.attempt IS NOT NULL)
  SELECT o.n, o.what, now_, o.owner::text, o.endpoint::text, e.held_until, e.paced_until, e.health
  FROM o LEFT JOIN ${s}.endpoint e ON e.owner = o.owner AND e.endpoint = o.endpoint;
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
