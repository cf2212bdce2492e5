import type { Allotment, EraseExchangesOptions, EraseOptions } from '@ringback/sender/store'
import { createStatement, type Statement } from './conditions.ts'
import type { Place } from './query.ts'

const BATCH = 1000

/** Erases some final deliveries with their attempts and messages; gives how many. */
export async function eraseDeliveries(place: Place, options: EraseOptions): Promise<number> {
  const { driver, s, now } = place
  const statement = createStatement()
  const limit = Math.min(options.limit ?? BATCH, BATCH)
  const chosen = options.beyond
    ? chooseSurplus(s, statement, { ...options.beyond, limit })
    : choose(place, statement, { ...options, limit })
  const [row] = await driver.run(
    `WITH chosen AS MATERIALIZED (${chosen}),
    gone AS (DELETE FROM ${s}.ended WHERE id IN (SELECT id FROM chosen) RETURNING id),
    a AS (DELETE FROM ${s}.attempt WHERE delivery IN (SELECT id FROM gone)),
    m AS (DELETE FROM ${s}.message WHERE id IN (SELECT id FROM gone) RETURNING content),
    p AS (
      -- what several deliveries share goes with the last of them
      DELETE FROM ${s}.publication p
      WHERE p.id IN (SELECT content FROM m WHERE content IS NOT NULL) AND NOT EXISTS (
        SELECT 1 FROM ${s}.message o
        WHERE o.content = p.id AND o.id NOT IN (SELECT id FROM gone)))
    SELECT (SELECT count(*)::int FROM gone) AS n,
      (SELECT json_agg(DISTINCT content)::text FROM m WHERE content IS NOT NULL) AS contents`,
    statement.values,
  )
  const erased = Number(row?.n ?? 0)
  // each of two that erase the last deliveries at once has seen those of the other
  if (typeof row?.contents === 'string') {
    await driver.run(
      `DELETE FROM ${s}.publication p
      WHERE p.id IN (SELECT json_array_elements_text($1::text::json))
        AND NOT EXISTS (SELECT 1 FROM ${s}.message o WHERE o.content = p.id)`,
      [row.contents],
    )
  }
  if (erased > 0) await driver.run(`SELECT ${s}.forget_v1($1::float8)`, [now()])
  return erased
}

function choose(
  place: Place,
  statement: Statement,
  options: EraseOptions & { readonly limit: number },
) {
  const { s } = place
  const where = statement.where([
    ['d.id = ?', options.id],
    ['m.owner = ?', options.owner],
    ['m.exchange_key = ?', options.exchangeKey],
    [`d.ended_at < ${nowOf(place, statement, options.age)} - ?::float8`, options.age],
  ])
  const order = options.age === undefined ? '' : 'ORDER BY d.ended_at'
  return `SELECT d.id FROM ${s}.ended d JOIN ${s}.message m ON m.id = d.id
    WHERE ${where}
    ${order} LIMIT ${statement.bind(options.limit)}::bigint FOR UPDATE OF d SKIP LOCKED`
}

/** The oldest deliveries of one owner that keeps more than it may. */
function chooseSurplus(
  s: string,
  { bind }: Statement,
  { count, bytes, limit }: Allotment & { readonly limit: number },
) {
  const most = bind(count)
  const mostBytes = bind(bytes)
  return `
    WITH candidates AS (
      SELECT owner FROM ${s}.message GROUP BY owner
      HAVING count(*) > ${most}::float8 OR sum(bytes) > ${mostBytes}::float8),
    greedy AS MATERIALIZED (
      SELECT d.owner, count(*) - ${most}::float8 AS surplus,
        sum(d.bytes) - ${mostBytes}::float8 AS surplus_bytes
      FROM ${s}.ended d JOIN candidates USING (owner)
      GROUP BY d.owner HAVING count(*) > ${most}::float8 OR sum(d.bytes) > ${mostBytes}::float8
      LIMIT 1),
    oldest AS (
      SELECT x.id, row_number() OVER w AS n, sum(x.bytes) OVER w - x.bytes AS before, g.*
      FROM greedy g CROSS JOIN LATERAL (
        SELECT m.id, m.bytes FROM ${s}.message m JOIN ${s}.ended d ON d.id = m.id
        WHERE m.owner = g.owner
        ORDER BY m.id LIMIT ${bind(limit)}::bigint) x
      WINDOW w AS (ORDER BY x.id))
    SELECT id FROM oldest WHERE n <= surplus OR before < surplus_bytes`
}

/** Erases some kept exchanges; gives how many. */
export async function eraseKeptExchanges(
  place: Place,
  { owner, key, age, limit = BATCH }: EraseExchangesOptions,
): Promise<number> {
  const { driver, s } = place
  const statement = createStatement()
  const where = statement.where([
    ['owner = ?', owner],
    ['key = ?', key],
    [`kept_at < ${nowOf(place, statement, age)} - ?::float8`, age],
  ])
  const [row] = await driver.run(
    `WITH gone AS (
      DELETE FROM ${s}.exchange WHERE (owner, key, operation_id) IN (
        SELECT owner, key, operation_id FROM ${s}.exchange
        WHERE ${where} LIMIT ${statement.bind(Math.min(limit, BATCH))}::bigint)
      RETURNING 1)
    SELECT count(*)::int AS n FROM gone`,
    statement.values,
  )
  return Number(row?.n ?? 0)
}

/** The store's time, once for a statement; empty where no age is asked for. */
function nowOf({ s, now }: Place, { bind }: Statement, age: number | undefined): string {
  return age === undefined ? '' : `(SELECT ${s}.now_v1(${bind(now())}::float8))`
}
