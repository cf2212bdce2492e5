import { DatabaseSync } from 'node:sqlite'
import { createStoreClock } from '@ringback/sender/store'
import { StoreError } from '../errors.ts'
import { createDeliveryTables, type DeliveryTables } from '../sql/delivery-tables.ts'
import { createNodeDriver } from './node-driver.ts'

// prepared once for each connection of the application
const prepared = new WeakMap<DatabaseSync, DeliveryTables>()

/** The file of the store, and its clock. */
export interface EnqueueInOptions {
  readonly path: string
  readonly clock: { now(): number }
}

/**
 * Prepares storing deliveries in a transaction that the application has begun on a connection of its own.
 *
 * @throws {StoreError} `transaction` when this is not a connection of node:sqlite, no transaction is open on it, or
 *   its file does not have the delivery tables
 */
export function prepareEnqueueIn(
  transaction: unknown,
  { path, clock }: EnqueueInOptions,
): DeliveryTables {
  if (!(transaction instanceof DatabaseSync)) {
    throw refusal(
      "the transaction is not a connection of node:sqlite: pass the DatabaseSync on which you called exec('BEGIN')",
    )
  }
  const driver = createNodeDriver(transaction)
  // alone it would be stored at once, and no rollback would undo it; older runtimes cannot tell
  if (driver.isInTransaction() === false) {
    throw refusal(
      "no transaction is open on the connection: begin a transaction first, with exec('BEGIN')",
    )
  }
  const known = prepared.get(transaction)
  if (known) return known
  const table = driver.get("SELECT 1 FROM sqlite_schema WHERE name = 'ringback_live'")
  if (table === undefined) {
    throw refusal(
      `the connection's file has no delivery tables: open it on '${path}', the file of the store`,
    )
  }
  const tables = createDeliveryTables(driver, createStoreClock(clock))
  prepared.set(transaction, tables)
  return tables
}

function refusal(message: string): StoreError {
  return new StoreError('transaction', message)
}
