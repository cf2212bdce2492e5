import { HELD_FOREVER } from '@ringback/sender/store'

/** Gives the statement that creates the function for a server whose clock was set back. */
export function turnBackFunctionOf(s: string): string {
  return `
-- moves what lies ahead as far back as the clock was set, so that what is due in a minute stays due in a minute
CREATE OR REPLACE FUNCTION ${s}.turn_back_v2(now_ float8, ahead float8) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  UPDATE ${s}.queue SET due_at = greatest(now_, due_at - ahead) WHERE due_at > now_;
  UPDATE ${s}.sending SET lease_ends_at = lease_ends_at - ahead
  -- what is committed now, with a claim that waits for this one, needs no lease
  WHERE id IN (SELECT id FROM ${s}.sending FOR UPDATE SKIP LOCKED);
  UPDATE ${s}.signal SET due_at = due_at - ahead;
  UPDATE ${s}.endpoint
  SET turn_at = turn_at - ahead, used_up_to = used_up_to - ahead, due_at = due_at - ahead,
    ready_at = CASE WHEN held_until >= ${HELD_FOREVER} THEN ready_at ELSE ready_at - ahead END,
    held_until = CASE WHEN held_until >= ${HELD_FOREVER} THEN held_until ELSE held_until - ahead END,
    paced_until = paced_until - ahead;
  UPDATE ${s}.owner
  SET turn_at = turn_at - ahead, used_up_to = used_up_to - ahead,
    ready_at = CASE WHEN ready_at >= ${HELD_FOREVER} THEN ready_at ELSE ready_at - ahead END;
  UPDATE ${s}.turn SET last = now_, lease_ends_at = lease_ends_at - ahead;
END $$;`
}
