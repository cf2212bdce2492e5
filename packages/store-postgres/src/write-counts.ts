import { type CountGroup, createCountGroups, rollUpsAt } from '@ringback/sender/store'
import type { Place } from './query.ts'

/** Writes counts. */
export interface CountWriter {
  /** Adds rows for groups to those of the last minute. */
  write(groups: readonly CountGroup[]): Promise<void>
  /** Adds what is over to the rows of longer spans, by one process at a time; never rejects. */
  rollUp(at: number): Promise<void>
}

export const TOTAL = 0
export const BY_PLACE = 1

const MINUTE = 60_000
const COLUMNS = 'scope, owner, at, length, callback, endpoint, counts'

/**
 * Makes a writer of counts. Rows of the last minute are only inserted, several for one place: adding counts to a row that
 * is there costs ten times as much, and is done once a minute for all of them.
 */
export function createCountWriter({ driver, s }: Place): CountWriter {
  const insert = `
    INSERT INTO ${s}.recent_count (${COLUMNS})
    SELECT ${COLUMNS} FROM json_to_recordset($1::text::json) AS r(scope int, owner text, at float8,
      length float8, callback text, endpoint text, counts json)`
  const removeFrom = (table: string) => `
    DELETE FROM ${s}.${table} WHERE length = $1::float8 AND at < $2::float8
      AND (SELECT pg_try_advisory_xact_lock(hashtext('${s} ringback count'), 3))`
  const rollUpFrom = (table: string) => `
    WITH old AS (${removeFrom(table)} RETURNING *)
    INSERT INTO ${s}.count AS c (${COLUMNS})
    SELECT scope, owner, start, $3::float8, callback, endpoint, jsonb_object_agg(key, n) FROM (
      SELECT scope, owner, floor(at / $3::float8) * $3::float8 AS start, callback, endpoint, key,
        sum(value::float8) AS n
      FROM old CROSS JOIN LATERAL jsonb_each_text(counts::jsonb)
      GROUP BY scope, owner, start, callback, endpoint, key) AS sums
    GROUP BY scope, owner, start, callback, endpoint
    ON CONFLICT (scope, owner, at, length, callback, endpoint) DO UPDATE SET counts = (
      SELECT jsonb_object_agg(name, n) FROM (
        SELECT key AS name, sum(value::float8) AS n FROM (
          SELECT * FROM jsonb_each_text(c.counts)
          UNION ALL SELECT * FROM jsonb_each_text(excluded.counts)) AS given
        GROUP BY key) AS sums)`

  return {
    async write(groups) {
      await driver.run(insert, [JSON.stringify(toRows(groups))])
    },
    async rollUp(at) {
      const run = (text: string, values: readonly number[]) =>
        // another process does it, or the next minute
        driver.run(text, values).catch(() => {})
      const start = Math.floor(at / MINUTE) * MINUTE
      await run(rollUpFrom('recent_count'), [MINUTE, start, MINUTE])
      for (const { length, before, to } of rollUpsAt(at)) {
        if (to === undefined) await run(removeFrom('count'), [length, before])
        else await run(rollUpFrom('count'), [length, before, to])
      }
    },
  }
}

/** Gives the rows of groups, and those in total: what is asked for most often is read from few rows. */
function toRows(groups: readonly CountGroup[]): readonly object[] {
  const totals = createCountGroups()
  for (const group of groups) totals.add({ ...group, owner: '', endpoint: '' })
  return [
    ...groups.map((group) => toRow(group, BY_PLACE)),
    ...totals.all().map((group) => toRow(group, TOTAL)),
  ]
}

function toRow({ counts, ...place }: CountGroup, scope: number): object {
  return { scope, ...place, counts: Object.fromEntries(counts) }
}
