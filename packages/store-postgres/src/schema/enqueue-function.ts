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
  added text[];
BEGIN
  -- in the order of the keys, so that two batches never wait for each other
  WITH given AS (
    SELECT * FROM json_to_recordset(entries) AS g(n int, id text, owner text, operation_id text,
      callback text, method text, url text, created_at float8, dedupe_key text, exchange_key text,
      redrive_of text, settings text, bytes int, payload text)),
  m AS (
    INSERT INTO ${s}.message
      (id, owner, operation_id, callback, method, url, created_at, dedupe_key, exchange_key,
        redrive_of, settings, bytes, payload)
    SELECT id, owner, operation_id, callback, method, url, created_at, dedupe_key, exchange_key,
      redrive_of, settings, bytes, decode(payload, 'base64')
    FROM given ORDER BY owner, operation_id, callback, dedupe_key, n
    ON CONFLICT (owner, operation_id, callback, dedupe_key) WHERE dedupe_key IS NOT NULL DO NOTHING
    RETURNING id)
  SELECT array_agg(id) INTO added FROM m;

  WITH g AS MATERIALIZED (
    SELECT * FROM json_to_recordset(entries) AS g(n int, id text, owner text, endpoint text,
      order_key text, state text, reason text, detail text, attempts int, refusals int, bytes int,
      delay float8, expires_at float8)
    WHERE id = ANY (added) ORDER BY n),
  e AS (
    INSERT INTO ${s}.ended (id, owner, endpoint, order_key, state, reason, detail, attempts, refusals,
      bytes, expires_at, ended_at)
    SELECT id, owner, endpoint, order_key, state, reason, detail, attempts, refusals, bytes, expires_at,
      now_
    FROM g WHERE state <> 'scheduled'),
  q AS (
    INSERT INTO ${s}.queue (id, owner, endpoint, order_key, reason, detail, attempts, refusals, bytes,
      due_at, expires_at, waiting)
    SELECT id, owner, endpoint, order_key, reason, detail, attempts, refusals, bytes, now_ + delay,
      expires_at, order_key IS NOT NULL
    FROM g WHERE state = 'scheduled'
    RETURNING owner, endpoint, order_key, due_at)
  INSERT INTO ${s}.signal (owner, endpoint, order_key, due_at)
  SELECT owner, endpoint, order_key, CASE WHEN order_key IS NULL THEN min(due_at) END
  FROM q GROUP BY owner, endpoint, order_key;
  IF FOUND THEN PERFORM pg_notify('${channel}', ''); END IF;

  PERFORM ${s}.record_v1(g.id, g.log, false)
  FROM json_to_recordset(entries) AS g(n int, id text, log json)
  WHERE g.log IS NOT NULL AND g.id = ANY (added);

  RETURN QUERY
  SELECT g.n, CASE WHEN g.state = 'scheduled' THEN now_ + g.delay END, m.id::text
  FROM json_to_recordset(entries) AS g(n int, id text, owner text, operation_id text, callback text,
    dedupe_key text, state text, delay float8)
  LEFT JOIN ${s}.message m ON g.id <> ALL (coalesce(added, '{}')) AND m.owner = g.owner
    AND m.operation_id = g.operation_id AND m.callback = g.callback AND m.dedupe_key = g.dedupe_key;
END $$;`
}
