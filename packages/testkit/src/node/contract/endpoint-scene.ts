import assert from 'node:assert/strict'
import type {
  DeliveryTransition,
  EndpointStore,
  StoredEndpoint,
  StoredMessage,
} from '@ringback/sender'
import type { Scene } from './scene.ts'

export const DAY = 24 * 60 * 60_000
export const DELIVERED: DeliveryTransition = {
  state: 'delivered',
  attemptCount: 1,
  refusals: 0,
  receiver: { verdict: 'well' },
}
export const AGAIN: DeliveryTransition = {
  state: 'scheduled',
  attemptCount: 1,
  refusals: 0,
  receiver: { verdict: 'failing' },
}

/** An id whose last 16 characters are its own. */
export function idOf(name: string): string {
  return `ep_${name.padStart(32, '0')}`
}

export function endpoint(name: string, change: Partial<StoredEndpoint> = {}): StoredEndpoint {
  return {
    id: idOf(name),
    owner: 'ann',
    url: `https://${name}.example/hooks?token=1`,
    events: ['*'],
    keys: [{ generation: 1 }],
    state: 'enabled',
    createdAt: 1000,
    updatedAt: 1000,
    ...change,
  }
}

export function message(id: string, change: Partial<StoredMessage> = {}): StoredMessage {
  return {
    id,
    owner: 'ann',
    operationId: '',
    callback: 'invoice.paid',
    method: 'post',
    createdAt: 1000,
    dueAt: 1000,
    payload: new TextEncoder().encode('{"€":1}'),
    ...change,
  }
}

/** The patterns that match `invoice.paid`. */
export const ALL = ['*', 'invoice.*', 'invoice.paid']

export function endpointsOf({ store }: Scene): EndpointStore {
  assert.ok(store.endpoints, 'the store keeps no endpoints')
  return store.endpoints
}

/** The id of the delivery of a message to an endpoint. */
export function deliveryId(messageId: string, name: string): string {
  return `${messageId}_${idOf(name).slice(-16)}`
}

export async function addAll(scene: Scene, ...names: readonly string[]): Promise<void> {
  for (const name of names) assert.equal(await endpointsOf(scene).add(endpoint(name)), true)
}
