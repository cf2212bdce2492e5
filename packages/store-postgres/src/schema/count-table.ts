/** Gives the statements that create the counts of deliveries, attempts and latencies, by spans of time. */
export function countTableOf(s: string): string {
  const text = 'text COLLATE "C" NOT NULL'
  return `
CREATE TABLE ${s}.count (
  -- 0: in total, 1: of an owner and an endpoint
  scope int NOT NULL,
  owner ${text},
  at float8 NOT NULL,
  length float8 NOT NULL,
  callback ${text},
  endpoint ${text},
  -- by name; one row for all of them, since each row costs as much as a delivery
  counts jsonb NOT NULL,
  PRIMARY KEY (scope, owner, at, length, callback, endpoint)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX count_age ON ${s}.count (length, at);

-- those of the last minute, several rows for one place
CREATE TABLE ${s}.recent_count (
  scope int NOT NULL,
  owner ${text},
  at float8 NOT NULL,
  length float8 NOT NULL,
  callback ${text},
  endpoint ${text},
  counts json NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
  autovacuum_vacuum_cost_delay = 0);
CREATE INDEX recent_count_age ON ${s}.recent_count (at);`
}
