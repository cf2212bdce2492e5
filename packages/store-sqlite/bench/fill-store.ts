import type { DeliveryStore, StoredDelivery } from '@ringback/sender'

/** What waits while others are sent. */
export interface Load {
  readonly pending: number
  readonly endpoints: number
  /** Due already, for an endpoint that does not answer; else not before an hour has passed. */
  readonly isDead: boolean
}

const SLICE = 500
const HOUR = 3_600_000
// nobody listens there
const DEAD = 'http://127.0.0.1:1024'

/** Stores what waits. */
export async function fillStore(store: DeliveryStore, load: Load): Promise<void> {
  for (let n = 0; n < load.pending; n += SLICE) {
    const count = Math.min(SLICE, load.pending - n)
    const slice = Array.from({ length: count }, (_, index) => waitingDelivery(n + index, load))
    await Promise.all(slice.map((one) => store.enqueue(one)))
  }
}

function waitingDelivery(n: number, { endpoints, isDead }: Load): StoredDelivery {
  const now = Date.now()
  const endpoint = isDead ? DEAD : `https://${n % endpoints}.example`
  return {
    id: `msg_${String(n).padStart(8, '0')}`,
    state: 'scheduled',
    owner: 'default',
    operationId: 'postOrders',
    callback: 'paid',
    method: 'post',
    url: `${endpoint}/`,
    endpoint,
    attemptCount: 0,
    refusals: 0,
    createdAt: now,
    dueAt: isDead ? now - HOUR : now + HOUR,
    payload: new Uint8Array(200),
  }
}
