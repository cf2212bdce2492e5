import { HELD_FOREVER } from '@ringback/sender/store'

/** Gives the statement that creates the function that sends again. */
export function redriveFunctionOf(s: string, channel: string): string {
  return `
CREATE OR REPLACE FUNCTION ${s}.redrive_v1(at float8, the_id text, of_owner text) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  now_ float8 := ${s}.now_v1(at);
  d record;
BEGIN
  SELECT owner, endpoint, order_key INTO d FROM ${s}.delivery
  WHERE id = the_id AND owner = coalesce(of_owner, owner);
  IF NOT FOUND THEN RETURN; END IF;
  WITH e AS (
    DELETE FROM ${s}.ended WHERE id = the_id AND state = 'dead'
    RETURNING id, owner, endpoint, order_key, bytes, lease)
  INSERT INTO ${s}.queue (id, owner, endpoint, order_key, attempts, refusals, bytes, due_at, waiting,
    lease)
  SELECT id, owner, endpoint, order_key, 0, 0, bytes, now_, order_key IS NOT NULL, lease + 1 FROM e;
  IF NOT FOUND THEN UPDATE ${s}.queue SET due_at = now_ WHERE id = the_id; END IF;
  -- the next delivery is a probe
  UPDATE ${s}.endpoint SET held_until = now_
  WHERE owner = d.owner AND endpoint = d.endpoint AND held_until > now_
    -- a redrive does not enable an endpoint
    AND held_until < ${HELD_FOREVER};
  INSERT INTO ${s}.signal (owner, endpoint, order_key, due_at)
  -- it is due unless it is over, or behind another one; and the hold may have changed
  VALUES (d.owner, d.endpoint, d.order_key, (
      SELECT now_ FROM ${s}.queue WHERE id = the_id AND NOT waiting)),
    (d.owner, d.endpoint, NULL, NULL);
  PERFORM pg_notify('${channel}', '');
END $$;`
}
