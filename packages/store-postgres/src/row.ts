import type { Delivery, DeliverySettings, StoredDelivery } from '@ringback/sender'
import {
  type Attempt,
  type ClaimedDelivery,
  ENDPOINT_PREFIX,
  withoutNulls,
} from '@ringback/sender/store'
import type { PostgresRow } from './driver.ts'
import { StoreError } from './errors.ts'

/** The columns of a delivery `d` and its message `m`, without what is sent. */
export const COLUMNS = `
  d.id, d.owner, d.endpoint, d.order_key, d.state, d.reason, d.detail, d.attempts, d.refusals,
  d.due_at, d.expires_at, d.lease, m.operation_id, m.callback, m.method, m.url, m.created_at,
  m.dedupe_key, m.exchange_key, m.redrive_of`

/** Reads a delivery, without its payload. */
export function toDelivery(row: PostgresRow): Delivery {
  const { state } = row
  const waits = state === 'scheduled' || state === 'parked'
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
    detail: state === 'sending' ? null : row.detail,
    attemptCount: Number(row.attempts),
    createdAt: Number(row.created_at),
    dueAt: waits ? toNumber(row.due_at) : null,
    expiresAt: toNumber(row.expires_at),
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
export function toStored(row: PostgresRow): StoredDelivery {
  const settings = readSettings(row)
  return {
    ...toDelivery(row),
    payload: readPayload(row),
    refusals: Number(row.refusals),
    ...(settings && { settings }),
  }
}

/** Reads a claimed delivery; `undefined` for a damaged one, whose leases then end until it is dead. */
export function toClaimed(row: PostgresRow): ClaimedDelivery | undefined {
  try {
    const stored = toStored(row)
    // a registered endpoint has the URL
    const isRegistered = stored.endpoint?.startsWith(ENDPOINT_PREFIX)
    if (!isRegistered && !URL.canParse(stored.url ?? '')) return undefined
    return { ...stored, lease: Number(row.lease), isProbe: row.is_probe === true }
  } catch {
    return undefined
  }
}

/** Reads an attempt. */
export function toAttempt(row: PostgresRow): Attempt {
  return withoutNulls<Attempt>({
    startedAt: row.started_at,
    duration: row.duration,
    status: row.status,
    reason: row.reason,
    detail: row.detail,
    bytes: row.bytes,
    body: row.body,
    response: typeof row.response === 'string' ? JSON.parse(row.response) : null,
    isOrphan: row.orphan === true ? true : null,
  })
}

function toNumber(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value)
}

/** Reads bytes, in a buffer of their own: drivers give parts of larger ones. */
export function readPayload(row: PostgresRow): Uint8Array<ArrayBuffer> {
  const { payload } = row
  if (payload instanceof Uint8Array) return new Uint8Array(payload)
  if (typeof payload === 'string' && payload.startsWith('\\x')) {
    const pairs = payload.slice(2).match(/../g) ?? []
    return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16))
  }
  throw damaged(row, 'payload')
}

function readSettings(row: PostgresRow): DeliverySettings | undefined {
  if (typeof row.settings !== 'string') return undefined
  try {
    const settings: DeliverySettings | null = JSON.parse(row.settings)
    if (typeof settings === 'object' && settings !== null) return settings
  } catch {
    // refused below
  }
  throw damaged(row, 'settings')
}

function damaged({ id }: PostgresRow, part: string): StoreError {
  return new StoreError(
    'corrupt',
    `the ${part} of the delivery '${id}' cannot be read, since another program has changed it: restore it, or erase the delivery`,
  )
}
