/** Gives the statements that create the functions that cancel deliveries. */
export function cancelFunctionsOf(s: string): string {
  return `
-- ends deliveries that wait or are being sent, and gives how many
CREATE OR REPLACE FUNCTION ${s}.end_cancelled_v2(now_ float8, sending_ids text[], queued_ids text[])
RETURNS int LANGUAGE sql VOLATILE AS $$
  WITH f AS (
    -- the lease of one that is being sent stays, so that its worker may still say that it was delivered
    DELETE FROM ${s}.sending WHERE id = ANY (sending_ids)
    RETURNING id, owner, endpoint, order_key, attempts, refusals, bytes, expires_at, lease),
  q AS (
    DELETE FROM ${s}.queue WHERE id = ANY (queued_ids)
    RETURNING id, owner, endpoint, order_key, attempts, refusals, bytes, expires_at, lease + 1),
  d AS (SELECT * FROM f UNION ALL SELECT * FROM q),
  e AS (
    INSERT INTO ${s}.ended (id, owner, endpoint, order_key, attempts, refusals, bytes, expires_at,
      lease, state, ended_at)
    SELECT d.*, 'cancelled', now_ FROM d),
  w AS (INSERT INTO ${s}.signal (owner, endpoint, order_key) SELECT owner, endpoint, order_key FROM d)
  SELECT count(*)::int FROM d
$$;

-- cancels a delivery, and says whether it was still to be sent; waits for no claim: one that ends others in its transaction
-- holds their rows before its lock
CREATE OR REPLACE FUNCTION ${s}.cancel_v2(at float8, the_id text, of_owner text) RETURNS bool
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  now_ float8 := ${s}.now_v1(at);
  ids text[];
BEGIN
  SELECT array_agg(id) INTO ids FROM ${s}.message
  WHERE id = the_id AND owner = coalesce(of_owner, owner);
  LOOP
    IF ${s}.end_cancelled_v2(now_, ids, NULL) > 0 THEN RETURN true; END IF;
    IF ${s}.end_cancelled_v2(now_, NULL, ids) > 0 THEN RETURN true; END IF;
    -- it may have moved from the second table to the first meanwhile
    IF NOT EXISTS (
      SELECT 1 FROM ${s}.sending WHERE id = ANY (ids)
      UNION ALL SELECT 1 FROM ${s}.queue WHERE id = ANY (ids)) THEN RETURN false; END IF;
  END LOOP;
END $$;

-- for processes of version 1
CREATE OR REPLACE FUNCTION ${s}.cancel_v1(at float8, the_id text, of_owner text) RETURNS void
LANGUAGE sql VOLATILE AS $$
  SELECT ${s}.cancel_v2(at, the_id, of_owner)
$$;

-- cancels some deliveries of an endpoint, and gives how many: 0 when there are none
CREATE OR REPLACE FUNCTION ${s}.cancel_some_v2(at float8, of_owner text, of_endpoint text, most int)
RETURNS int LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  now_ float8 := ${s}.now_v1(at);
  count int;
BEGIN
  -- what a claim or a commit moves now is left for the next call, since two that wait for each other's rows never end
  count := ${s}.end_cancelled_v2(now_, ARRAY(
    SELECT id FROM ${s}.sending WHERE owner = of_owner AND endpoint = of_endpoint LIMIT most
    FOR UPDATE SKIP LOCKED), NULL);
  count := count + ${s}.end_cancelled_v2(now_, NULL, ARRAY(
    SELECT id FROM ${s}.queue WHERE owner = of_owner AND endpoint = of_endpoint AND NOT waiting
    LIMIT most FOR UPDATE SKIP LOCKED));
  count := count + ${s}.end_cancelled_v2(now_, NULL, ARRAY(
    SELECT id FROM ${s}.queue WHERE owner = of_owner AND endpoint = of_endpoint
      AND order_key IS NOT NULL AND waiting
    LIMIT most FOR UPDATE SKIP LOCKED));
  IF count = 0 THEN
    SELECT count(*) INTO count FROM (
      SELECT 1 FROM ${s}.sending WHERE owner = of_owner AND endpoint = of_endpoint
      UNION ALL
      SELECT 1 FROM ${s}.queue WHERE owner = of_owner AND endpoint = of_endpoint AND NOT waiting
      UNION ALL
      SELECT 1 FROM ${s}.queue WHERE owner = of_owner AND endpoint = of_endpoint
        AND order_key IS NOT NULL AND waiting) AS moved;
  END IF;
  RETURN count;
END $$;`
}
