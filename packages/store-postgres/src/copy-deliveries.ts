import type { DeliveryRecord, DeliveryStore, StoredDelivery, StoredMessage } from '@ringback/sender'
import type { PostgresStore } from './postgres-store.ts'

/** What was copied from another store; what was there already, such as from a copy that was broken off, does not count. */
export interface CopiedDeliveries {
  readonly copied: number
  /** The deliveries that were there already. */
  readonly known: number
  /** Registered endpoints. */
  readonly endpoints: number
  /** Exchanges that `exchange.keep` has kept. */
  readonly exchanges: number
  /** Messages that were published, which `replay` and a `dedupeKey` find again. */
  readonly messages: number
}

/** An SQLite database that is read: a `DatabaseSync` of `node:sqlite`. */
export interface CopiedDatabase {
  prepare(sql: string): { iterate(): Iterable<Readonly<Record<string, unknown>>> }
}

const PAGE = 200
const EXCHANGES = `
  SELECT owner, operation_id AS operationId, key, exchange FROM ringback_exchange`
const MESSAGES = `
  SELECT m.id, p.owner, p.operation_id AS operationId, p.callback, m.method, p.created_at AS createdAt,
    p.order_key AS orderKey, p.dedupe_key AS dedupeKey, m.settings, m.payload
  FROM ringback_publication AS p JOIN ringback_message AS m ON m.seq = p.message ORDER BY p.message`

/**
 * Copies a store to PostgreSQL, and changes nothing in it: registered endpoints with their secrets and headers, sealed as
 * they are, and all deliveries with their attempts and payloads. Exchanges and published messages are read from the tables
 * of an SQLite file. It may be broken off and run again. Stop every sender of the first store before: what was being sent
 * then is due at once. `retention` counts from the copy.
 *
 * @example
 * const file = 'data/callbacks.db'
 * const database = new DatabaseSync(file, { readOnly: true })
 * await copyDeliveries(sqliteStore(file), postgresStore(pgDriver(pool)), database)
 */
export async function copyDeliveries(
  from: DeliveryStore,
  to: PostgresStore,
  database?: CopiedDatabase,
): Promise<CopiedDeliveries> {
  // before the deliveries, which would be dead without them
  const endpoints = await copyEndpoints(from, to)
  let copied = 0
  let known = 0
  for await (const page of pagesOf((cursor) => from.query({ limit: PAGE, ...cursor }))) {
    const isCopied = await Promise.all(page.map((record) => copyOne(record, { from, to })))
    copied += isCopied.filter(Boolean).length
    known += isCopied.filter((one) => !one).length
  }
  const tables = database ? await copyTables(database, to) : { exchanges: 0, messages: 0 }
  return { copied, known, endpoints, ...tables }
}

async function copyEndpoints(from: DeliveryStore, to: PostgresStore): Promise<number> {
  let count = 0
  for await (const page of pagesOf((cursor) => from.endpoints.query({ limit: PAGE, ...cursor }))) {
    for (const { heldUntil: _, ...endpoint } of page) {
      if (await to.endpoints.add(endpoint)) count += 1
    }
  }
  return count
}

async function copyOne(
  { id, attempts }: DeliveryRecord,
  { from, to }: { readonly from: DeliveryStore; readonly to: DeliveryStore },
): Promise<boolean> {
  const stored = await from.find(id)
  // erased at this moment, or copied before
  if (stored === undefined || (await to.find(id))) return false
  await to.enqueue(asNew(stored), attempts)
  return true
}

/** A delivery as the other store takes it, for which times are delays after `createdAt`. */
function asNew({ dueAt, ...stored }: StoredDelivery): StoredDelivery {
  const { state, createdAt } = stored
  if (state !== 'scheduled' && state !== 'parked' && state !== 'sending') return stored
  const delay = Math.max(0, (dueAt ?? 0) - Date.now())
  return { ...stored, state: 'scheduled', dueAt: createdAt + delay }
}

async function copyTables(database: CopiedDatabase, to: PostgresStore) {
  let exchanges = 0
  let messages = 0
  for (const { exchange, owner, operationId, key } of database.prepare(EXCHANGES).iterate()) {
    const place = { owner: String(owner), operationId: String(operationId), key: String(key) }
    // written by `keepExchange`
    if (await to.keepExchange({ ...place, ...JSON.parse(String(exchange)) })) exchanges += 1
  }
  for (const row of database.prepare(MESSAGES).iterate()) {
    if (await to['~adoptMessage'](toMessage(row))) messages += 1
  }
  return { exchanges, messages }
}

function toMessage({ orderKey, dedupeKey, settings, payload, ...row }: Record<string, unknown>) {
  return {
    // the columns of the statement have the names and types of these members
    ...(row as unknown as Omit<StoredMessage, 'payload'>),
    ...(typeof orderKey === 'string' && { orderKey }),
    ...(typeof dedupeKey === 'string' && { dedupeKey }),
    ...(typeof settings === 'string' && { settings: JSON.parse(settings) }),
    payload: new Uint8Array(payload as Uint8Array),
  } satisfies StoredMessage
}

/** Reads pages, each after the last of the one before, until one is empty. */
async function* pagesOf<TItem extends { readonly id: string }>(
  read: (cursor: { readonly cursor?: string }) => Promise<readonly TItem[]>,
): AsyncGenerator<readonly TItem[]> {
  for (let last: TItem | undefined; ; ) {
    const page = await read(last ? { cursor: last.id } : {})
    last = page.at(-1)
    if (last === undefined) return
    yield page
  }
}
