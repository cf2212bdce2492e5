import type { Exchange } from '@ringback/expression'
import { checkId } from '../check-id.ts'
import { checkScope } from '../endpoints/check-scope.ts'
import type { DeliveryRecord, DeliveryStore, OwnerScope } from '../store/delivery-store.ts'

/** A delivery with its payload, and what its URL was made of: for operators alone, who may read everything. */
export interface InspectedDelivery extends DeliveryRecord {
  /** The bytes that are signed and sent on every attempt; empty without a body, and once they are erased. */
  readonly payload: Uint8Array<ArrayBuffer>
  readonly contentType: string
  /** The header fields that its callback declares, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  /** The query that is added to the URL of a registered endpoint. */
  readonly query?: string
  /** The key of its callback, a URL with runtime expressions: as it was kept, else as this process declares it. */
  readonly key?: string
  /** The parts of the exchange that its URL reads, if it is sent from one that was kept. */
  readonly exchange?: Exchange
}

/** The dependencies of the method. */
export interface InspectOptions {
  readonly store: Pick<DeliveryStore, 'find' | 'query' | 'findExchange'>
  /** Gives the key of a callback as it is declared. */
  readonly keyOf: (delivery: DeliveryRecord) => string | undefined
}

/** Makes the method of a sender that reads one delivery whole. */
export function createInspect({ store, keyOf }: InspectOptions) {
  return async (id: string, scope?: OwnerScope): Promise<InspectedDelivery | undefined> => {
    checkId(id, 'inspect')
    const [record] = await store.query({ ...checkScope(scope, 'inspect'), id })
    if (record === undefined) return undefined
    const stored = await store.find(id)
    // erased meanwhile
    if (stored === undefined) return undefined
    const kept = await findKept(store, record)
    const { headers = {}, contentType = 'application/json', query } = stored.settings ?? {}
    const key = kept?.key ?? keyOf(record)
    return {
      ...record,
      payload: stored.payload,
      contentType,
      headers,
      ...(query !== undefined && { query }),
      ...(key !== undefined && { key }),
      ...(kept && { exchange: kept.exchange }),
    }
  }
}

async function findKept(store: InspectOptions['store'], delivery: DeliveryRecord) {
  const { owner, operationId, callback, exchangeKey } = delivery
  if (exchangeKey === undefined) return undefined
  const kept = await store.findExchange({ owner, operationId, key: exchangeKey })
  // the name is the application's own
  return kept && Object.hasOwn(kept.callbacks, callback) ? kept.callbacks[callback] : undefined
}
