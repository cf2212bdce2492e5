/** Gives the statement that creates the function that takes up the signals of queues that have changed. */
export function settleFunctionOf(s: string): string {
  return `
-- the times of endpoints and their owners whose queues have changed: who has something due, and whose turn it is; says
-- whether there may be more of them
CREATE OR REPLACE FUNCTION ${s}.settle_v2() RETURNS bool LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
  owners text[]; endpoints text[]; lanes text[]; dues float8[]; is_full bool; changed text[];
  lane_owners text[]; lane_endpoints text[]; lane_dues float8[];
BEGIN
  WITH gone AS (
    -- no other claim runs, and whoever stores only adds to them
    DELETE FROM ${s}.signal WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM ${s}.signal ORDER BY seq LIMIT 5000))
    RETURNING owner, endpoint, order_key, due_at)
  SELECT array_agg(owner), array_agg(endpoint), array_agg(order_key) FILTER (WHERE order_key IS NOT NULL),
    array_agg(due_at), count(*) = 5000,
    array_agg(owner) FILTER (WHERE order_key IS NOT NULL),
    array_agg(endpoint) FILTER (WHERE order_key IS NOT NULL)
  INTO owners, endpoints, lanes, dues, is_full, lane_owners, lane_endpoints FROM gone;
  IF owners IS NULL THEN RETURN false; END IF;

  IF lanes IS NOT NULL THEN
    -- the first of each order key of which none may go
    WITH u AS (
      UPDATE ${s}.queue SET waiting = false WHERE id IN (
        SELECT (
          SELECT d.id FROM ${s}.queue d
          WHERE d.owner = l.owner AND d.endpoint = l.endpoint AND d.order_key = l.order_key
            AND d.order_key IS NOT NULL
          ORDER BY d.id LIMIT 1)
        FROM (
          SELECT DISTINCT * FROM unnest(lane_owners, lane_endpoints, lanes)
        ) AS l(owner, endpoint, order_key)
        WHERE NOT EXISTS (
          SELECT 1 FROM ${s}.queue d
          WHERE d.owner = l.owner AND d.endpoint = l.endpoint AND d.order_key = l.order_key
            AND d.order_key IS NOT NULL AND NOT d.waiting)
          AND NOT EXISTS (
            SELECT 1 FROM ${s}.sending d
            WHERE d.owner = l.owner AND d.endpoint = l.endpoint AND d.order_key = l.order_key))
      RETURNING owner, endpoint, due_at)
    SELECT owners || array_agg(owner), endpoints || array_agg(endpoint), dues || array_agg(due_at)
    INTO owners, endpoints, dues FROM u;
  END IF;

  WITH g AS (
    SELECT owner, endpoint, min(due_at) AS due_at, count(due_at) < count(*) AS is_scanned
    FROM unnest(owners, endpoints, dues) AS t(owner, endpoint, due_at)
    GROUP BY owner, endpoint ORDER BY owner, endpoint),
  -- where nothing is due earlier than before, a queue keeps its place
  a AS (
    INSERT INTO ${s}.endpoint AS e (owner, endpoint, due_at, ready_at)
    SELECT owner, endpoint, due_at, due_at FROM g WHERE NOT is_scanned
    ON CONFLICT (owner, endpoint) DO UPDATE
    SET due_at = excluded.due_at, ready_at = greatest(excluded.due_at, e.turn_at, e.held_until)
    WHERE e.due_at IS NULL OR excluded.due_at < e.due_at
    RETURNING owner),
  -- where something was taken away, or a hold has changed, it is another one
  t AS (
    SELECT g.owner, g.endpoint, (
      -- what was stored may have been taken away as well
      SELECT d.due_at FROM ${s}.queue d
      WHERE d.owner = g.owner AND d.endpoint = g.endpoint AND NOT d.waiting
        AND d.due_at >= least(g.due_at, (
          SELECT e.due_at FROM ${s}.endpoint e WHERE e.owner = g.owner AND e.endpoint = g.endpoint))
      ORDER BY d.due_at, d.id LIMIT 1) AS due_at
    FROM g WHERE is_scanned),
  b AS (
    INSERT INTO ${s}.endpoint AS e (owner, endpoint, due_at, ready_at)
    SELECT owner, endpoint, due_at, due_at FROM t
    ON CONFLICT (owner, endpoint) DO UPDATE
    SET due_at = excluded.due_at, ready_at = CASE WHEN excluded.due_at IS NOT NULL
      THEN greatest(excluded.due_at, e.turn_at, e.held_until) END
    RETURNING owner)
  SELECT array_agg(owner) INTO changed
  FROM (SELECT owner FROM a UNION SELECT owner FROM b ORDER BY 1) AS c;
  IF changed IS NULL THEN RETURN is_full; END IF;

  INSERT INTO ${s}.owner AS o (owner, ready_at)
  SELECT c.owner, (
    SELECT e.ready_at FROM ${s}.endpoint e WHERE e.owner = c.owner AND e.ready_at IS NOT NULL
    ORDER BY e.ready_at LIMIT 1)
  FROM unnest(changed) AS c(owner)
  ON CONFLICT (owner) DO UPDATE
  SET ready_at = CASE WHEN excluded.ready_at IS NOT NULL
    THEN greatest(excluded.ready_at, o.turn_at) END
  WHERE o.ready_at IS DISTINCT FROM CASE WHEN excluded.ready_at IS NOT NULL
    THEN greatest(excluded.ready_at, o.turn_at) END;
  RETURN is_full;
END $$;`
}
