import { PLAN_SETTINGS } from './plan-settings.ts'

/** Gives the statement that creates the function that finds when the next delivery is due. */
export function nextFunctionOf(s: string): string {
  return `
-- when the next is due that a claim did not take, or expires; of these owners, the claim took what it might
CREATE OR REPLACE FUNCTION ${s}.next_v2(now_ float8, visited text[]) RETURNS float8
LANGUAGE plpgsql VOLATILE ${PLAN_SETTINGS} AS $$
BEGIN
  RETURN (SELECT min(t.at) FROM (
    (SELECT ready_at AS at FROM ${s}.owner WHERE ready_at >= now_ + 1 ORDER BY ready_at LIMIT 1)
    -- of an owner that may not send what is due now, something else may be due later
    UNION ALL (
      SELECT x.ready_at FROM unnest(visited) AS v(owner) CROSS JOIN LATERAL (
        SELECT n.ready_at FROM ${s}.endpoint n
        WHERE n.owner = v.owner AND n.ready_at >= now_ + 1 ORDER BY n.ready_at LIMIT 1) x)
    UNION ALL (
      SELECT expires_at FROM ${s}.queue WHERE expires_at IS NOT NULL
      ORDER BY expires_at LIMIT 1)) t);
END $$;`
}
