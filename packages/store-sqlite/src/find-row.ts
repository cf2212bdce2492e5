import type { DatabaseSync } from 'node:sqlite'
import type { Row } from './row.ts'

/** Prepares finding the row of a delivery by its id. */
export function prepareFindRow(database: DatabaseSync): (id: string) => Row | undefined {
  const select = database.prepare('SELECT * FROM ringback_delivery WHERE id = ?')
  return (id) => select.get(id)
}
