/** Gives the statement that creates the function that ends what is over. */
export function sweepFunctionOf(s: string): string {
  return `
-- ends leases that were lost, and deliveries that have expired; gives their ids
CREATE OR REPLACE FUNCTION ${s}.sweep_v2(now_ float8, most_lost int, ends json) RETURNS text[]
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
  lost text[]; expired text[];
BEGIN
  WITH d AS MATERIALIZED (
    DELETE FROM ${s}.sending WHERE id IN (
      SELECT id FROM ${s}.sending WHERE lease_ends_at <= now_
      ORDER BY lease_ends_at LIMIT 100 FOR UPDATE SKIP LOCKED)
    RETURNING *, lost_leases + 1 >= most_lost AS is_last),
  q AS (
    INSERT INTO ${s}.queue (id, owner, endpoint, order_key, attempts, refusals, bytes, due_at,
      expires_at, waiting, lease, lost_leases)
    SELECT id, owner, endpoint, order_key, attempts, refusals, bytes, now_, expires_at, false,
      lease + 1, lost_leases + 1
    FROM d WHERE NOT is_last),
  e AS (
    INSERT INTO ${s}.ended (id, owner, endpoint, order_key, state, reason, detail, attempts, refusals,
      bytes, expires_at, ended_at, lease)
    SELECT id, owner, endpoint, order_key, 'dead', ends->'lost'->>'reason', ends->'lost'->>'detail',
      attempts, refusals, bytes, expires_at, now_, lease + 1
    FROM d WHERE is_last),
  w AS (
    INSERT INTO ${s}.signal (owner, endpoint, order_key, due_at)
    SELECT owner, endpoint, order_key, CASE WHEN NOT is_last THEN now_ END FROM d)
  SELECT array_agg(id) INTO lost FROM d;

  WITH d AS MATERIALIZED (
    DELETE FROM ${s}.queue WHERE id IN (
      SELECT id FROM ${s}.queue WHERE expires_at IS NOT NULL AND expires_at <= now_
      ORDER BY expires_at LIMIT 100 FOR UPDATE SKIP LOCKED)
    RETURNING *),
  e AS (
    INSERT INTO ${s}.ended (id, owner, endpoint, order_key, state, reason, detail, attempts, refusals,
      bytes, expires_at, ended_at, lease)
    SELECT id, owner, endpoint, order_key, 'dead', ends->'expired'->>'reason',
      ends->'expired'->>'detail', attempts, refusals, bytes, expires_at, now_, lease
    FROM d),
  w AS (INSERT INTO ${s}.signal (owner, endpoint, order_key) SELECT owner, endpoint, order_key FROM d)
  SELECT array_agg(id) INTO expired FROM d;
  RETURN coalesce(lost, '{}') || coalesce(expired, '{}');
END $$;`
}
