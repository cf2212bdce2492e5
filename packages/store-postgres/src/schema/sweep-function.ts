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
    FROM q WHERE d.id = q.id RETURNING d.id, d.owner, d.endpoint, d.order_key, d.due_at),
  w AS (
    INSERT INTO ${s}.signal (owner, endpoint, order_key, due_at)
    SELECT owner, endpoint, order_key, due_at FROM u)
  SELECT array_agg(id) INTO lost FROM u;
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
  SELECT array_agg(id) INTO expired FROM u;
  RETURN coalesce(lost, '{}') || coalesce(expired, '{}');
END $$;`
}
