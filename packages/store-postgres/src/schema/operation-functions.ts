import { HELD_FOREVER } from '@ringback/sender/store'

/** Gives the statements that create the functions for operators: cancel and redrive. */
export function operationFunctionsOf(s: string, channel: string): string {
  return `
CREATE OR REPLACE FUNCTION ${s}.cancel_v1(at float8, the_id text, of_owner text) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  now_ float8 := ${s}.now_v1(at);
BEGIN
  WITH u AS (
    -- the lease of one that is being sent stays, so that its worker may still say that it was delivered
    UPDATE ${s}.delivery
    SET state = 'cancelled', reason = NULL, detail = NULL, due_at = NULL, ended_at = now_,
      lease_ends_at = NULL, lease = CASE WHEN state = 'scheduled' THEN lease + 1 ELSE lease END
    WHERE id = the_id AND state IN ('scheduled', 'sending') AND owner = coalesce(of_owner, owner)
    RETURNING owner, endpoint, order_key)
  INSERT INTO ${s}.signal (owner, endpoint, order_key) SELECT owner, endpoint, order_key FROM u;
END $$;

CREATE OR REPLACE FUNCTION ${s}.redrive_v1(at float8, the_id text, of_owner text) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  now_ float8 := ${s}.now_v1(at);
  d record;
BEGIN
  SELECT owner, endpoint, order_key, state INTO d FROM ${s}.delivery
  WHERE id = the_id AND owner = coalesce(of_owner, owner) FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  IF d.state = 'dead' THEN
    UPDATE ${s}.delivery
    SET state = 'scheduled', reason = NULL, detail = NULL, expires_at = NULL, ended_at = NULL,
      due_at = now_, attempts = 0, refusals = 0, lost_leases = 0, lease = lease + 1,
      waiting = order_key IS NOT NULL
    WHERE id = the_id;
  ELSIF d.state = 'scheduled' THEN
    UPDATE ${s}.delivery SET due_at = now_ WHERE id = the_id;
  END IF;
  -- the next delivery is a probe
  UPDATE ${s}.endpoint SET held_until = now_
  WHERE owner = d.owner AND endpoint = d.endpoint AND held_until > now_
    -- a redrive does not enable an endpoint
    AND held_until < ${HELD_FOREVER};
  INSERT INTO ${s}.signal (owner, endpoint, order_key, due_at)
  -- something is due, and the hold may have changed
  VALUES (d.owner, d.endpoint, d.order_key, now_), (d.owner, d.endpoint, NULL, NULL);
  PERFORM pg_notify('${channel}', '');
END $$;`
}
