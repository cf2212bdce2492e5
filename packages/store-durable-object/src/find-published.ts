import type { DeliveryStore, EndpointStore, PublishResult } from '@ringback/sender'
import type { StoreCall } from './store-call.ts'

// of one owner
const MOST_LISTENERS = 10_000

/** Finds what an earlier call has published, which is repeated since it got no reply. */
export async function findPublished(
  store: DeliveryStore,
  { method, args }: Pick<StoreCall, 'method' | 'args'>,
): Promise<PublishResult | undefined> {
  if (method !== 'endpoints.publish' && method !== 'endpoints.tryPublish') return undefined
  // `durableObjectStore` has typed the arguments
  const [{ id, owner }] = args as Parameters<EndpointStore['publish']>
  // the ids of its deliveries begin with its own
  const latest = await store.query({ owner, cursor: `${id}~`, limit: MOST_LISTENERS })
  const known = latest.filter((delivery) => delivery.id.startsWith(id))
  if (known.length === 0) return undefined
  return { kind: 'stored', id, count: known.filter((delivery) => delivery.id !== id).length }
}
