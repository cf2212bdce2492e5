import assert from 'node:assert/strict'
import type { ClaimedDelivery, Delivery, DeliveryStore, StoredDelivery } from '@ringback/sender'

/** An empty store, and the time of its clock. */
export interface Scene {
  readonly store: DeliveryStore
  readonly time: { at: number }
}

/** A delivery that is due at 1000, if it is stored then. */
export function delivery(id: string, change: Partial<StoredDelivery> = {}): StoredDelivery {
  return {
    id,
    state: 'scheduled',
    owner: 'default',
    operationId: 'postInvoices',
    callback: 'invoiceNotification',
    method: 'post',
    url: 'https://a.example/',
    endpoint: 'https://a.example',
    attemptCount: 0,
    refusals: 0,
    createdAt: 1000,
    dueAt: 1000,
    payload: new TextEncoder().encode('{"€":1}'),
    ...change,
  }
}

/** Claims one delivery under a lease of 100. */
export async function claimOne({ store }: Scene): Promise<ClaimedDelivery> {
  const { deliveries } = await store.claim({ limit: 1, lease: 100 })
  const [claimed] = deliveries
  assert.ok(claimed, 'no delivery was claimed')
  return claimed
}

/** Claims deliveries under a lease of 100, and gives their ids. */
export async function claimIds({ store }: Scene, limit = 10): Promise<readonly string[]> {
  return (await store.claim({ limit, lease: 100 })).deliveries.map(({ id }) => id)
}

/** Ends what is over, and claims nothing. */
export async function sweep({ store }: Scene): Promise<readonly Delivery[]> {
  return (await store.claim({ limit: 0, lease: 100 })).swept
}

/** Asserts that a value has these members, among others. */
export function assertHas(actual: object | undefined, expected: object): void {
  assert.ok(actual, 'the value is undefined')
  const picked = Object.fromEntries(
    Object.keys(expected).map((key) => [key, Reflect.get(actual, key)]),
  )
  assert.deepEqual(picked, expected)
}
