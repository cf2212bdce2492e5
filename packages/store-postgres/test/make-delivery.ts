import type { StoredDelivery } from '@ringback/sender'

/** A delivery that is due at once. */
export function makeDelivery(id: string, change: Partial<StoredDelivery> = {}): StoredDelivery {
  const now = Date.now()
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
    createdAt: now,
    dueAt: now,
    // characters that SQL and its libraries give a meaning to
    payload: new TextEncoder().encode('{"€":"\'$1 \\\\"}'),
    ...change,
  }
}
