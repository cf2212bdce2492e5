import type { SQLInputValue } from 'node:sqlite'
import type { ClaimedDelivery, Delivery, DeliverySettings, StoredDelivery } from '@ringback/sender'
import { StoreError } from './errors.ts'
import { type Row, withoutNulls } from './row.ts'

/** The columns of a delivery, each with its value. */
export const COLUMNS: Readonly<
  Record<string, (delivery: StoredDelivery) => SQLInputValue | undefined>
> = {
  id: ({ id }) => id,
  state: ({ state }) => state,
  owner: ({ owner }) => owner,
  operation_id: ({ operationId }) => operationId,
  callback: ({ callback }) => callback,
  method: ({ method }) => method,
  url: ({ url }) => url,
  endpoint: ({ endpoint = '' }) => endpoint,
  payload: ({ payload }) => payload,
  reason: ({ reason }) => reason,
  detail: ({ detail }) => detail,
  attempts: ({ attemptCount }) => attemptCount,
  refusals: ({ refusals }) => refusals,
  created_at: ({ createdAt }) => createdAt,
  due_at: ({ dueAt }) => dueAt,
  expires_at: ({ expiresAt }) => expiresAt,
  order_key: ({ orderKey }) => orderKey,
  dedupe_key: ({ dedupeKey }) => dedupeKey,
  redrive_of: ({ redriveOf }) => redriveOf,
  exchange_key: ({ exchangeKey }) => exchangeKey,
  settings: ({ settings }) => settings && JSON.stringify(settings),
}

/** Reads a delivery, without its payload. */
export function toDelivery(row: Row, state = row.state): Delivery {
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
    reason: isSending ? null : row.reason,
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
 * Reads a delivery with its payload.
 *
 * @throws {StoreError} `corrupt` when another program has changed the row so that it cannot be sent
 */
export function toStored(row: Row, state = row.state): StoredDelivery {
  const { payload, refusals, settings } = row
  if (!(payload instanceof Uint8Array)) throw damaged(row, 'payload')
  return {
    ...toDelivery(row, state),
    payload,
    refusals: Number(refusals),
    ...(settings !== null && { settings: readSettings(row) }),
  }
}

/**
 * Reads the delivery of a row as it was before a worker claimed it.
 *
 * @throws {StoreError} `corrupt` when another program has changed the row so that it cannot be sent
 */
export function toClaimed(row: Row, isProbe: boolean): ClaimedDelivery {
  const stored = toStored(row, 'sending')
  if (!URL.canParse(stored.url ?? '')) throw damaged(row, 'URL')
  return { ...stored, lease: Number(row.lease) + 1, isProbe }
}

/**
 * Reads the settings of a row.
 *
 * @throws {StoreError} `corrupt` when another program has changed them so that they cannot be read
 */
export function readSettings(row: Row): DeliverySettings {
  try {
    const settings: DeliverySettings | null = JSON.parse(String(row.settings))
    if (typeof settings === 'object' && settings !== null) return settings
  } catch {
    // refused below
  }
  throw damaged(row, 'settings')
}

function damaged({ id }: Row, part: string): StoreError {
  return new StoreError(
    'corrupt',
    `the ${part} of the delivery '${id}' cannot be read, since another program has changed it: restore a copy of the file, or erase the delivery`,
  )
}
