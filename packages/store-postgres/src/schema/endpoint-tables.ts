const TEXT = 'text COLLATE "C"'

/** Gives the statements that add registered endpoints, and messages of several deliveries, to the tables of version 1. */
export function endpointTablesOf(s: string): string {
  return `
CREATE TABLE ${s}.subscription (
  id ${TEXT} PRIMARY KEY,
  owner ${TEXT} NOT NULL,
  external_id ${TEXT},
  url text NOT NULL,
  events text[] NOT NULL,
  -- why it is disabled
  reason text,
  failing_since float8,
  keys text NOT NULL,
  sealed_headers text,
  details text NOT NULL,
  created_at float8 NOT NULL,
  updated_at float8 NOT NULL
);
CREATE INDEX subscription_owner ON ${s}.subscription (owner, id);
CREATE UNIQUE INDEX subscription_external ON ${s}.subscription (owner, external_id)
  WHERE external_id IS NOT NULL;

-- a payload that several deliveries share; each of them has a message without one
CREATE TABLE ${s}.publication (
  id ${TEXT} PRIMARY KEY,
  owner ${TEXT} NOT NULL,
  operation_id ${TEXT} NOT NULL,
  callback ${TEXT} NOT NULL,
  method ${TEXT} NOT NULL,
  created_at float8 NOT NULL,
  order_key ${TEXT},
  dedupe_key ${TEXT},
  settings text,
  bytes int NOT NULL,
  payload bytea NOT NULL
);
CREATE INDEX publication_time ON ${s}.publication (owner, created_at, id);
CREATE UNIQUE INDEX publication_dedupe ON ${s}.publication (owner, operation_id, callback, dedupe_key)
  WHERE dedupe_key IS NOT NULL;
ALTER TABLE ${s}.message ADD COLUMN content ${TEXT};
CREATE INDEX message_content ON ${s}.message (content) WHERE content IS NOT NULL;

-- own limits, in place of those of every endpoint
ALTER TABLE ${s}.endpoint ADD COLUMN concurrency int, ADD COLUMN rate float8;

-- that of the claim under which it was made
ALTER TABLE ${s}.attempt ADD COLUMN lease int;`
}
