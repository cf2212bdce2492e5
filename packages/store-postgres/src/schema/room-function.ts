/** Gives the statement that creates the function of rates. */
export function roomFunctionOf(s: string): string {
  return `
-- how many requests a rate allows now, when it allows the next, and from when on it is used up
CREATE OR REPLACE FUNCTION ${s}.room_v2(rate float8, used_up_to float8, now_ float8)
RETURNS TABLE (count int, next_at float8, base float8, step float8)
LANGUAGE sql IMMUTABLE AS $$
  SELECT least(allowed, 1000000)::int,
    CASE WHEN allowed = 0 THEN greatest(ceil(base + step), now_ + 1) ELSE 0 END, base, step
  FROM (
    SELECT base, step, greatest(0, floor((now_ - base) / step + 1e-6)) AS allowed
    FROM (
      -- an unused rate gathers for one second
      SELECT greatest(used_up_to, now_ - greatest(1000, 1000 / rate)) AS base, 1000 / rate AS step
      WHERE rate IS NOT NULL) AS b
    OFFSET 0) AS a
$$;`
}
