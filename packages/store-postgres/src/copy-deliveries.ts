import type { DeliveryRecord, DeliveryStore, StoredDelivery } from '@ringback/sender'

/** What became of the deliveries of another store. */
export interface CopiedDeliveries {
  readonly copied: number
  /** Those that were there already, such as from a copy that was broken off. */
  readonly known: number
}

const PAGE = 200

/**
 * Copies all deliveries with their attempts and payloads into another store, such as from an SQLite file to PostgreSQL,
 * and changes nothing in the first. It may be broken off and run again. Stop every sender of the first store before: what
 * was being sent then is due at once. `retention` counts from the copy.
 *
 * @example
 * const { copied } = await copyDeliveries(sqliteStore('data/callbacks.db'), postgresStore(pgDriver(pool)))
 */
export async function copyDeliveries(
  from: DeliveryStore,
  to: DeliveryStore,
): Promise<CopiedDeliveries> {
  let copied = 0
  let known = 0
  let cursor: string | undefined
  for (;;) {
    const page = await from.query({ limit: PAGE, ...(cursor !== undefined && { cursor }) })
    const last = page.at(-1)
    if (last === undefined) return { copied, known }
    const isCopied = await Promise.all(page.map((record) => copyOne(record, { from, to })))
    copied += isCopied.filter(Boolean).length
    known += isCopied.filter((one) => !one).length
    cursor = last.id
  }
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
