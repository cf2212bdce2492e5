/** Gives the statements that create the functions that cancel deliveries. */
export function cancelFunctionsOf(s: string): string {
  // no claim runs meanwhile, so that what is looked for moves from the first of these tables to the second at most
  const lock = `PERFORM pg_advisory_xact_lock(hashtext('${s} ringback claim'), 1)`
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

CREATE OR REPLACE FUNCTION ${s}.cancel_v1(at float8, the_id text, of_owner text) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  now_ float8 := ${s}.now_v1(at);
  ids text[];
BEGIN
  ${lock};
  SELECT array_agg(id) INTO ids FROM ${s}.message
  WHERE id = the_id AND owner = coalesce(of_owner, owner);
  IF ${s}.end_cancelled_v2(now_, ids, NULL) = 0 THEN
    PERFORM ${s}.end_cancelled_v2(now_, NULL, ids);
  END IF;
END $$;

-- cancels some deliveries of an endpoint, and gives how many
CREATE OR REPLACE FUNCTION ${s}.cancel_some_v2(at float8, of_owner text, of_endpoint text, most int)
RETURNS int LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  now_ float8 := ${s}.now_v1(at);
  count int;
BEGIN
  ${lock};
  count := ${s}.end_cancelled_v2(now_, ARRAY(
    SELECT id FROM ${s}.sending WHERE owner = of_owner AND endpoint = of_endpoint LIMIT most), NULL);
  RETURN count + ${s}.end_cancelled_v2(now_, NULL, ARRAY(
    (SELECT id FROM ${s}.queue WHERE owner = of_owner AND endpoint = of_endpoint AND NOT waiting
      LIMIT most)
    UNION ALL (SELECT id FROM ${s}.queue WHERE owner = of_owner AND endpoint = of_endpoint
      AND order_key IS NOT NULL AND waiting LIMIT most)));
END $$;`
}
