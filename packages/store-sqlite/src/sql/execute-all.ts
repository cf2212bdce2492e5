import type { SqlDriver } from './sql-driver.ts'

/** Executes statements, each of which ends with its line. */
export function executeAll(driver: SqlDriver, sql: string): void {
  for (const statement of sql.split(/;\s*(?:\n|$)/)) {
    if (statement.trim() !== '') driver.run(statement)
  }
}
