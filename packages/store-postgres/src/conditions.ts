import type { PostgresValue } from './driver.ts'

/** Builds a statement whose values are numbered as they are added. */
export interface Statement {
  readonly values: PostgresValue[]
  /** Adds a value, and gives its placeholder. */
  bind(value: PostgresValue): string
  /** Adds conditions that have a value, joined with AND. */
  where(conditions: readonly (readonly [sql: string, value: PostgresValue | undefined])[]): string
}

/** Makes a statement; in a condition, `?` stands for its value. */
export function createStatement(): Statement {
  const values: PostgresValue[] = []
  const bind = (value: PostgresValue) => {
    values.push(value)
    return `$${values.length}`
  }
  return {
    values,
    bind,
    where: (conditions) =>
      conditions
        .flatMap(([sql, value]) => (value === undefined ? [] : [sql.replace('?', bind(value))]))
        .join(' AND ') || 'TRUE',
  }
}
