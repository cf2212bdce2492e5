import { DatabaseSync } from 'node:sqlite'
import { type Enqueue, prepareEnqueue } from './enqueue.ts'
import { StoreError } from './errors.ts'

// prepared once for each connection of the application
const prepared = new WeakMap<DatabaseSync, Enqueue>()

/**
 * Prepares storing deliveries in a transaction that the application has begun on a connection of its own.
 *
 * @throws {StoreError} `transaction` when this is not a connection of node:sqlite, no transaction is open on it, or
 *   its file does not have the delivery tables
 */
export function prepareEnqueueIn(transaction: unknown, path: string): Enqueue {
  if (!(transaction instanceof DatabaseSync)) {
    throw refusal(
      "the transaction is not a connection of node:sqlite: pass the DatabaseSync on which you called exec('BEGIN')",
    )
  }
  // alone it would be stored at once, and no rollback would undo it; older runtimes cannot tell
  if (transaction.isTransaction === false) {
    throw refusal(
      "no transaction is open on the connection: begin a transaction first, with exec('BEGIN')",
    )
  }
  const known = prepared.get(transaction)
  if (known) return known
  const table = transaction
    .prepare("SELECT 1 FROM sqlite_schema WHERE name = 'ringback_endpoint'")
    .get()
  if (table === undefined) {
    throw refusal(
      `the connection's file has no delivery tables: open it on '${path}', the file of the store`,
    )
  }
  const enqueue = prepareEnqueue(transaction)
  prepared.set(transaction, enqueue)
  return enqueue
}

function refusal(message: string): StoreError {
  return new StoreError('transaction', message)
}
