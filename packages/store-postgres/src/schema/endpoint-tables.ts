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

-- none of its deliveries is due before this time: a scan that begins there passes no rows that are gone
ALTER TABLE ${s}.endpoint ADD COLUMN due_at float8;
UPDATE ${s}.endpoint SET due_at = 0 WHERE ready_at IS NOT NULL;
-- when the first is due of what was added to a queue; absent where a queue has changed in another way
ALTER TABLE ${s}.signal ADD COLUMN due_at float8;
UPDATE ${s}.signal SET due_at = 0;
CREATE INDEX endpoint_unwell ON ${s}.endpoint (owner, endpoint)
  WHERE held_until IS NOT NULL OR paced_until IS NOT NULL OR health IS NOT NULL;

-- that of the claim under which it was made
ALTER TABLE ${s}.attempt ADD COLUMN lease int;`
}
