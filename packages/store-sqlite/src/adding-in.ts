import { DatabaseSync } from 'node:sqlite'
import { type Adding, createAdding } from './add.ts'
import { StoreError } from './errors.ts'

// prepared once for each connection of the application
const prepared = new WeakMap<DatabaseSync, Adding>()

/**
 * Gives what adds deliveries on a connection of the application's, in the transaction that it has begun.
 *
 * @throws {StoreError} with `transaction` where that is no connection of node:sqlite, has begun no transaction, or
 *   is open on a file without the delivery tables
 */
export function addingIn(transaction: unknown, path: string): Adding {
  if (!(transaction instanceof DatabaseSync)) {
    throw wrong('enqueue needs a connection of node:sqlite, with a transaction begun')
  }
  // alone it would be stored at once, and no rollback would take it back; older runtimes cannot tell
  if (transaction.isTransaction === false)
    throw wrong("begin a transaction first, with exec('BEGIN')")
  const known = prepared.get(transaction)
  if (known) return known
  const table = transaction
    .prepare("SELECT 1 FROM sqlite_schema WHERE name = 'ringback_endpoint'")
    .get()
  if (table === undefined) {
    throw wrong(`that connection has no delivery tables: open it on '${path}', as the store is`)
  }
  const adding = createAdding(transaction)
  prepared.set(transaction, adding)
  return adding
}

function wrong(message: string): StoreError {
  return new StoreError('transaction', message)
}
