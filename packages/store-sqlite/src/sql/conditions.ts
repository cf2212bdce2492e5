import type { SqlValue } from './sql-driver.ts'

/** A condition of a query, and the values of its placeholders. */
export interface Condition {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

/** A condition with one placeholder; `undefined` without a value for it. */
export function condition(sql: string, value: SqlValue | undefined): Condition | undefined {
  return value === undefined ? undefined : { sql, values: [value] }
}

/** Joins the conditions that are given, so that SQLite uses the index of what is asked for. */
export function joinConditions(conditions: readonly (Condition | undefined)[]): Condition {
  const given = conditions.filter((one) => one !== undefined)
  return {
    sql: given.map(({ sql }) => sql).join(' AND ') || 'TRUE',
    values: given.flatMap(({ values }) => values),
  }
}
