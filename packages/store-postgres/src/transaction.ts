import type { PostgresRow, PostgresValue } from './driver.ts'
import { toBase64 } from './entries.ts'
import { StoreError, stateOf, translateError } from './errors.ts'

/** A call of a function that stores something: its qualified name, what it stores as JSON, and the time. */
export interface StoringCall {
  readonly name: string
  readonly entries: string
  readonly at: number | null
}

/** Runs a function that stores something in a transaction of the application's; gives its rows. */
export type RunIn = (call: StoringCall) => Promise<PostgresRow[]>

type Query = (text: string, values: PostgresValue[]) => unknown

/**
 * Gives what stores deliveries in a transaction that the application has begun: a client of `pg`, the `sql` of a
 * transaction of `postgres`, a transaction of PGlite, or a function that runs SQL in one of any other library's.
 *
 * @throws {StoreError} `transaction` when it is none of them, or no transaction is open
 */
export function runIn(transaction: unknown): RunIn {
  if (typeof transaction === 'function' && !('unsafe' in transaction)) {
    // an application's own function: it is given a text that needs no values
    const run = transaction as (text: string) => unknown
    return (call) => read(() => run(toText(call)))
  }
  const query = queryOf(transaction)
  return ({ name, entries, at }) =>
    read(() => query(`SELECT * FROM ${name}($1::float8, $2::text::json)`, [at, entries]))
}

function queryOf(transaction: unknown): Query {
  const given = Object(transaction)
  if (isMethod(given, 'unsafe')) {
    // in a transaction it has no `begin`
    if (isMethod(given, 'begin')) {
      throw refusal("the 'sql' is not that of a transaction: pass the one that sql.begin gives")
    }
    return (text, values) => given.unsafe(text, values)
  }
  if (isMethod(given, 'query')) {
    if ('totalCount' in given || isMethod(given, 'transaction')) {
      throw refusal(
        'a pool or database is not a transaction: pass the client on which you called BEGIN, or the transaction itself',
      )
    }
    // alone it would be stored at once, and no rollback would undo it; older versions of pg cannot tell
    if (isMethod(given, 'getTransactionStatus') && given.getTransactionStatus() === 'I') {
      throw refusal("no transaction is open on the client: await query('BEGIN') first")
    }
    return (text, values) => given.query(text, values)
  }
  throw refusal(
    'the transaction is not one of pg, postgres or PGlite: pass a function that runs SQL in it, such as (text) => tx.execute(sql.raw(text)) for Drizzle',
  )
}

function isMethod<TName extends string>(
  given: object,
  name: TName,
): given is Record<TName, (...values: unknown[]) => unknown> {
  return name in given && typeof Reflect.get(given, name) === 'function'
}

/** The statement without values; as base64, nothing of the entries can be read as SQL, or as a placeholder. */
function toText({ name, entries, at }: StoringCall): string {
  const bytes = toBase64(new TextEncoder().encode(entries))
  return `SELECT * FROM ${name}(${at ?? 'NULL'}::float8, convert_from(decode('${bytes}', 'base64'), 'UTF8')::json)`
}

async function read(query: () => unknown): Promise<PostgresRow[]> {
  try {
    const result = await query()
    const rows = Array.isArray(result) ? result : Reflect.get(Object(result), 'rows')
    if (Array.isArray(rows)) return rows
  } catch (cause) {
    throw isMissing(cause) ? missingTables(cause) : translateError(cause)
  }
  throw refusal(
    'the function gives neither rows nor an object with `rows`: return what the library gives for the statement',
  )
}

/** Libraries wrap the driver's error. */
function isMissing(error: unknown): boolean {
  if (['42883', '3F000', '42P01'].includes(stateOf(error) ?? '')) return true
  return error instanceof Error && error.cause !== undefined && isMissing(error.cause)
}

function missingTables(cause: unknown): StoreError {
  return new StoreError(
    'transaction',
    "the transaction's database has no delivery tables: use the database of the store, and call `await store.migrate()` when the application starts",
    { cause },
  )
}

function refusal(message: string): StoreError {
  return new StoreError('transaction', message)
}
