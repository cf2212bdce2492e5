/** Gives the statement that creates the function that stores deliveries. */
export function enqueueFunctionOf(s: string, channel: string): string {
  return `
CREATE OR REPLACE FUNCTION ${s}.now_v1(at float8) RETURNS float8 LANGUAGE sql VOLATILE AS $$
  SELECT coalesce(at, floor(extract(epoch FROM clock_timestamp()) * 1000)::float8)
$$;

CREATE OR REPLACE FUNCTION ${s}.record_v1(delivery text, attempts json, orphan bool) RETURNS void
LANGUAGE sql VOLATILE AS $$
  INSERT INTO ${s}.attempt
    (delivery, started_at, duration, status, reason, detail, bytes, body, response, orphan)
  SELECT $1, a.started_at, a.duration, a.status, a.reason, a.detail, a.bytes, a.body, a.response,
    CASE WHEN $3 OR a.orphan THEN true END
  FROM json_to_recordset($2) AS a(started_at float8, duration float8, status int, reason text,
    detail text, bytes float8, body text, response text, orphan bool)
$$;

-- stores deliveries; of one whose dedupe key is stored it gives the one that is
CREATE OR REPLACE FUNCTION ${s}.enqueue_v1(at float8, entries json)
RETURNS TABLE (n int, due_at float8, known text) LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
  now_ float8 := ${s}.now_v1(at);
  added text[]; places int[]; dues float8[]; is_scheduled bool; has_log bool;
  known_places int[]; known_ids text[]; gone json;
BEGIN
  -- read once: to read the JSON costs as much as to write the rows
  WITH g AS MATERIALIZED (
    SELECT * FROM json_to_recordset(entries) AS g(n int, id text, owner text, operation_id text,
      callback text, method text, url text, created_at float8, dedupe_key text, exchange_key text,
      redrive_of text, settings text, bytes int, payload text, endpoint text, order_key text,
      state text, reason text, detail text, attempts int, refusals int, delay float8,
      expires_at float8, log json)),
  m AS (
    INSERT INTO ${s}.message
      (id, owner, operation_id, callback, method, url, created_at, dedupe_key, exchange_key,
        redrive_of, settings, bytes, payload)
    SELECT id, owner, operation_id, callback, method, url, created_at, dedupe_key, exchange_key,
      redrive_of, settings, bytes, decode(payload, 'base64')
    -- in the order of the keys, so that two batches never wait for each other
    FROM g ORDER BY owner, operation_id, callback, dedupe_key, n
    ON CONFLICT (owner, operation_id, callback, dedupe_key) WHERE dedupe_key IS NOT NULL DO NOTHING
    RETURNING id),
  d AS MATERIALIZED (
    SELECT g.n, g.id, g.owner, g.endpoint, g.order_key, g.state, g.reason, g.detail, g.attempts,
      g.refusals, g.bytes, g.expires_at, g.log IS NOT NULL AS has_log,
      CASE WHEN g.state = 'scheduled' THEN now_ + g.delay END AS due_at
    FROM g JOIN m ON m.id = g.id),
  e AS (
    INSERT INTO ${s}.ended (id, owner, endpoint, order_key, state, reason, detail, attempts, refusals,
      bytes, expires_at, ended_at)
    SELECT id, owner, endpoint, order_key, state, reason, detail, attempts, refusals, bytes, expires_at,
      now_
    FROM d WHERE due_at IS NULL),
  q AS (
    INSERT INTO ${s}.queue (id, owner, endpoint, order_key, reason, detail, attempts, refusals, bytes,
      due_at, expires_at, waiting)
    SELECT id, owner, endpoint, order_key, reason, detail, attempts, refusals, bytes, due_at,
      expires_at, order_key IS NOT NULL
    FROM d WHERE due_at IS NOT NULL ORDER BY n),
  w AS (
    INSERT INTO ${s}.signal (owner, endpoint, order_key, due_at)
    SELECT owner, endpoint, order_key, CASE WHEN order_key IS NULL THEN min(due_at) END
    FROM d WHERE due_at IS NOT NULL GROUP BY owner, endpoint, order_key)
  SELECT array_agg(id), array_agg(n), array_agg(due_at), bool_or(due_at IS NOT NULL), bool_or(has_log)
  INTO added, places, dues, is_scheduled, has_log FROM d;
  IF is_scheduled THEN PERFORM pg_notify('${channel}', ''); END IF;

  IF has_log THEN
    PERFORM ${s}.record_v1(g.id, g.log, false)
    FROM json_to_recordset(entries) AS g(n int, id text, log json)
    WHERE g.log IS NOT NULL AND g.id = ANY (added);
  END IF;

  RETURN QUERY SELECT *, NULL::text FROM unnest(places, dues);
  IF coalesce(cardinality(added), 0) < json_array_length(entries) THEN
    SELECT array_agg(g.n), array_agg(m.id) INTO known_places, known_ids
    FROM json_to_recordset(entries) AS g(n int, id text, owner text, operation_id text, callback text,
      dedupe_key text)
    JOIN ${s}.message m ON m.owner = g.owner AND m.operation_id = g.operation_id
      AND m.callback = g.callback AND m.dedupe_key = g.dedupe_key
    WHERE g.id <> ALL (coalesce(added, '{}'));
    RETURN QUERY SELECT u.n, NULL::float8, u.id FROM unnest(known_places, known_ids) AS u(n, id);
    -- of which the known one was erased meanwhile
    SELECT json_agg(g) INTO gone FROM json_array_elements(entries) AS g
    WHERE (g->>'n')::int <> ALL (coalesce(places || known_places, '{}'));
    IF gone IS NOT NULL THEN RETURN QUERY SELECT * FROM ${s}.enqueue_v1(at, gone); END IF;
  END IF;
END $$;`
}
