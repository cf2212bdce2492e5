import type { Delivery, DeliverySettings, StoredDelivery } from '@ringback/sender'
import { withoutNulls } from '@ringback/sender/store'
import { StoreError } from '../errors.ts'
import type { SqlRow } from './sql-driver.ts'

/** The columns of a message that a delivery shows; the payload, which may be large, is read only to be sent. */
export const MESSAGE_COLUMNS =
  'm.operation_id, m.callback, m.method, m.url, m.created_at, m.dedupe_key, m.exchange_key'

/** Gives the settings of a delivery as JSON; `null` without any. */
export function writeSettings({ settings }: Pick<StoredDelivery, 'settings'>): string | null {
  return settings === undefined ? null : JSON.stringify(settings)
}

/** Reads a delivery, without its payload, of a row that joins it with its message. */
export function toDelivery(row: SqlRow, state: unknown = row.state): Delivery {
  const waits = state === 'scheduled' || state === 'parked'
  const isSending = state === 'sending'
  return withoutNulls<Delivery>({
    id: row.id,
    state,
    owner: row.owner,
    operationId: row.operation_id,
    callback: row.callback,
    method: row.method,
    url: row.url,
    endpoint: row.endpoint === '' ? null : row.endpoint,
    reason: row.reason,
    detail: isSending ? null : row.detail,
    attemptCount: row.attempts,
    createdAt: row.created_at,
    dueAt: waits ? row.due_at : null,
    expiresAt: row.expires_at,
    orderKey: row.order_key,
    dedupeKey: row.dedupe_key,
    redriveOf: row.redrive_of,
    exchangeKey: row.exchange_key,
  })
}

/**
 * Reads a delivery with its payload and its settings.
 *
 * @throws {StoreError} `corrupt` when another program has changed the row so that it cannot be sent
 */
export function toStored(row: SqlRow, state: unknown = row.state): StoredDelivery {
  const { payload, refusals } = row
  if (!(payload instanceof Uint8Array)) throw damaged(row, 'payload')
  const settings = readSettings(row)
  return {
    ...toDelivery(row, state),
    payload,
    refusals: Number(refusals ?? 0),
    ...(settings && { settings }),
  }
}

/** An error that names a damaged delivery and the remedy. */
export function damaged({ id }: SqlRow, part: string): StoreError {
  return new StoreError(
    'corrupt',
    `the ${part} of the delivery '${id}' cannot be read, since another program has changed it: restore a copy of the file, or erase the delivery`,
  )
}

/**
 * Reads the settings of a message; `undefined` without any.
 *
 * @throws {StoreError} `corrupt` when another program has changed them so that they cannot be read
 */
export function readSettings(row: SqlRow): DeliverySettings | undefined {
  if (row.settings === null) return undefined
  try {
    const settings: DeliverySettings | null = JSON.parse(String(row.settings))
    if (typeof settings === 'object' && settings !== null) return settings
  } catch {
    // refused below
  }
  throw damaged(row, 'settings')
}
