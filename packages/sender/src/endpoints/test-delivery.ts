import type { StoredDelivery } from '../store/delivery-store.ts'
import type { StoredEndpoint } from '../store/stored-endpoint.ts'

/** The name of the event that tests an endpoint. */
export const TEST_EVENT = 'ringback.test'

/** Gives a delivery that tests an endpoint: it is tried once. */
export function testDelivery(
  { id: endpoint, owner }: Pick<StoredEndpoint, 'id' | 'owner'>,
  { id, now }: { readonly id: string; readonly now: number },
): StoredDelivery {
  const payload = JSON.stringify({ type: TEST_EVENT, endpoint })
  return {
    id,
    state: 'scheduled',
    owner,
    operationId: '',
    callback: TEST_EVENT,
    method: 'post',
    endpoint,
    attemptCount: 0,
    refusals: 0,
    createdAt: now,
    dueAt: now,
    payload: new TextEncoder().encode(payload),
    settings: { schedule: [0] },
  }
}
