/** How many characters of an endpoint's id tell its deliveries apart. */
const TAIL = 16

/** Gives the statements that create the functions that publish and replay. */
export function publishFunctionsOf(s: string, channel: string): string {
  return `
-- stores a message and a delivery for each endpoint that listens; of one whose dedupe key is stored it gives the one that is
CREATE OR REPLACE FUNCTION ${s}.publish_v2(at float8, given json)
RETURNS TABLE (known text, n int) LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
  now_ float8 := ${s}.now_v1(at);
  g record;
  n_ int;
BEGIN
  SELECT * INTO g FROM json_to_record(given) AS g(id text, owner text, operation_id text,
    callback text, method text, created_at float8, delay float8, expires_at float8, order_key text,
    dedupe_key text, settings text, bytes int, payload text, detail text, patterns json);
  INSERT INTO ${s}.publication (id, owner, operation_id, callback, method, created_at, order_key,
    dedupe_key, settings, bytes, payload)
  VALUES (g.id, g.owner, g.operation_id, g.callback, g.method, g.created_at, g.order_key,
    g.dedupe_key, g.settings, g.bytes, decode(g.payload, 'base64'))
  ON CONFLICT (owner, operation_id, callback, dedupe_key) WHERE dedupe_key IS NOT NULL DO NOTHING;
  IF NOT FOUND THEN
    RETURN QUERY SELECT p.id::text, (
      SELECT count(*)::int FROM ${s}.message m WHERE m.content = p.id AND m.id <> p.id)
    FROM ${s}.publication p
    WHERE p.owner = g.owner AND p.operation_id = g.operation_id AND p.callback = g.callback
      AND p.dedupe_key = g.dedupe_key;
    -- the known one was erased meanwhile
    IF NOT FOUND THEN RETURN QUERY SELECT * FROM ${s}.publish_v2(at, given); END IF;
    RETURN;
  END IF;

  WITH l AS MATERIALIZED (
    SELECT s.id, g.id || '_' || right(s.id, ${TAIL}) AS delivery FROM ${s}.subscription s
    WHERE s.owner = g.owner AND (s.reason IS NULL OR s.reason = 'application')
      AND s.events && ARRAY(SELECT json_array_elements_text(g.patterns))),
  m AS (
    INSERT INTO ${s}.message (id, owner, operation_id, callback, method, created_at, settings, bytes,
      payload, content)
    SELECT l.delivery, g.owner, g.operation_id, g.callback, g.method, g.created_at, g.settings,
      g.bytes, '', g.id FROM l),
  d AS (
    INSERT INTO ${s}.queue (id, owner, endpoint, order_key, attempts, refusals, bytes, due_at,
      expires_at, waiting)
    SELECT l.delivery, g.owner, l.id, g.order_key, 0, 0, g.bytes, now_ + g.delay, g.expires_at,
      g.order_key IS NOT NULL FROM l
    RETURNING endpoint, due_at),
  w AS (
    INSERT INTO ${s}.signal (owner, endpoint, order_key, due_at)
    SELECT g.owner, d.endpoint, g.order_key, CASE WHEN g.order_key IS NULL THEN d.due_at END FROM d)
  SELECT count(*) INTO n_ FROM d;
  IF n_ > 0 THEN
    PERFORM pg_notify('${channel}', '');
  ELSE
    INSERT INTO ${s}.message (id, owner, operation_id, callback, method, created_at, settings, bytes,
      payload, content)
    VALUES (g.id, g.owner, g.operation_id, g.callback, g.method, g.created_at, g.settings, g.bytes,
      '', g.id);
    INSERT INTO ${s}.ended (id, owner, endpoint, state, detail, attempts, refusals, bytes, ended_at)
    VALUES (g.id, g.owner, '', 'skipped', g.detail, 0, 0, g.bytes, now_);
  END IF;
  RETURN QUERY SELECT NULL::text, n_;
END $$;

-- stores deliveries of messages that an endpoint never got
CREATE OR REPLACE FUNCTION ${s}.replay_v2(at float8, the_endpoint text, the_owner text, since float8,
  until float8, callbacks json, most int)
RETURNS TABLE (n int, last float8) LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
  now_ float8 := ${s}.now_v1(at);
BEGIN
  PERFORM 1 FROM ${s}.subscription WHERE id = the_endpoint AND owner = the_owner FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  RETURN QUERY
  WITH l AS MATERIALIZED (
    SELECT p.*, p.id || '_' || right(the_endpoint, ${TAIL}) AS delivery FROM ${s}.publication p
    WHERE p.owner = the_owner AND p.created_at >= since AND p.created_at < until
      AND p.callback = ANY (ARRAY(SELECT json_array_elements_text(callbacks)))
      AND NOT EXISTS (
        SELECT 1 FROM ${s}.message m WHERE m.id = p.id || '_' || right(the_endpoint, ${TAIL}))
    ORDER BY p.created_at, p.id LIMIT most),
  m AS (
    INSERT INTO ${s}.message (id, owner, operation_id, callback, method, created_at, settings, bytes,
      payload, content)
    SELECT l.delivery, l.owner, l.operation_id, l.callback, l.method, l.created_at, l.settings,
      l.bytes, '', l.id FROM l),
  d AS (
    INSERT INTO ${s}.queue (id, owner, endpoint, order_key, attempts, refusals, bytes, due_at, waiting)
    SELECT l.delivery, l.owner, the_endpoint, l.order_key, 0, 0, l.bytes, now_, l.order_key IS NOT NULL
    FROM l),
  w AS (
    INSERT INTO ${s}.signal (owner, endpoint, order_key, due_at)
    SELECT DISTINCT l.owner, the_endpoint, l.order_key, CASE WHEN l.order_key IS NULL THEN now_ END
    FROM l)
  SELECT count(*)::int, max(l.created_at) FROM l;
  PERFORM pg_notify('${channel}', '');
END $$;`
}
