/** Gives the statement that creates the function that forgets endpoints. */
export function forgetFunctionOf(s: string): string {
  return `
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
      SELECT 1 FROM ${s}.sending d WHERE d.owner = e.owner AND d.endpoint = e.endpoint);
  DELETE FROM ${s}.owner o
  WHERE o.ready_at IS NULL AND o.used_up_to < now_ - 3600000 AND o.turn_at < now_ - 3600000
    AND NOT EXISTS (SELECT 1 FROM ${s}.endpoint e WHERE e.owner = o.owner);
END $$;`
}
