import type { StoreHealth } from '@ringback/sender/store'
import { createStatement } from './conditions.ts'
import type { Place } from './query.ts'

/**
 * Tells how long the delivery that has waited longest has been due, of those that may be sent. It reads the first
 * delivery of each queue by its index, whatever their number.
 */
export async function readOldestDue({ driver, s, now }: Place): Promise<StoreHealth> {
  const statement = createStatement()
  const at = `${s}.now_v1(${statement.bind(now())}::float8)`
  const first = (where: string) => `
    SELECT d.owner, d.endpoint, d.due_at FROM ${s}.queue d WHERE NOT d.waiting ${where}
    ORDER BY d.owner, d.endpoint, d.due_at LIMIT 1`
  const [row] = await driver.run(
    `WITH RECURSIVE t AS MATERIALIZED (SELECT ${at} AS now), q AS (
      (${first('')})
      UNION ALL
      SELECT n.* FROM q CROSS JOIN LATERAL (
        ${first('AND (d.owner, d.endpoint) > (q.owner, q.endpoint)')}) AS n)
    SELECT max(t.now - q.due_at) AS oldest FROM t CROSS JOIN q
    LEFT JOIN ${s}.endpoint e ON e.owner = q.owner AND e.endpoint = q.endpoint
    WHERE q.due_at <= t.now AND coalesce(e.held_until, 0) <= t.now`,
    statement.values,
  )
  const oldest = row?.oldest
  return typeof oldest === 'number' ? { oldestDue: oldest } : {}
}
