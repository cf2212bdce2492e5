import type { Attempt, ClaimedDelivery, Delivery, StoredDelivery } from '@ringback/sender'

/** A row as node:sqlite gives it. */
export type Row = Readonly<Record<string, unknown>>

/** The columns of a delivery, each with the value that it has for one. */
export const COLUMNS: Readonly<
  Record<string, (delivery: StoredDelivery) => string | number | Uint8Array | undefined>
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
  final_statuses: ({ finalStatuses }) => finalStatuses && JSON.stringify(finalStatuses),
}

/** Reads what others may see. The columns were written by `COLUMNS`, so the cast holds. */
export function toDelivery(row: Row, state = row.state): Delivery {
  const waits = state === 'scheduled' || state === 'parked'
  const isSending = state === 'sending'
  const delivery: Record<keyof Delivery, unknown> = {
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
  }
  return withoutNulls(delivery) as unknown as Delivery
}

/**
 * Reads all that is sent.
 *
 * @throws {Error} when somebody has changed the row so that it cannot be sent
 */
export function toStored(row: Row, state = row.state): StoredDelivery {
  const { payload, refusals, final_statuses: final } = row
  if (!(payload instanceof Uint8Array)) throw new Error('the payload is not what was stored')
  return {
    ...toDelivery(row, state),
    payload: payload as Uint8Array<ArrayBuffer>,
    refusals: Number(refusals),
    ...(final !== null && { finalStatuses: JSON.parse(String(final)) as number[] }),
  }
}

/**
 * Reads what a worker gets of a row that it has just claimed.
 *
 * @throws {Error} when somebody has changed the row so that it cannot be sent
 */
export function toClaimed(row: Row, isProbe: boolean): ClaimedDelivery {
  const stored = toStored(row, 'sending')
  if (!URL.canParse(stored.url ?? '')) throw new Error('the URL is not what was stored')
  return { ...stored, lease: Number(row.lease) + 1, isProbe }
}

/** The values of an attempt's columns, in their order. */
export function attemptValues(id: string, attempt: Attempt) {
  const { startedAt, duration, status, detail, reason, bytes, body, response, isOrphan } = attempt
  return [
    id,
    startedAt,
    duration,
    status ?? null,
    detail ?? null,
    reason ?? null,
    bytes ?? null,
    body ?? null,
    response ? JSON.stringify(response) : null,
    isOrphan ? 1 : null,
  ]
}

/** Reads an attempt. */
export function toAttempt(row: Row): Attempt {
  const attempt: Record<keyof Attempt, unknown> = {
    startedAt: row.started_at,
    duration: row.duration,
    status: row.status,
    reason: row.reason,
    detail: row.detail,
    bytes: row.bytes,
    body: row.body,
    response: readResponse(row.answer),
    isOrphan: row.orphan === null ? null : true,
  }
  return withoutNulls(attempt) as unknown as Attempt
}

/** What cannot be read is left out, so that the rest of the record can be. */
function readResponse(stored: unknown): unknown {
  if (typeof stored !== 'string') return null
  try {
    return JSON.parse(stored)
  } catch {
    return null
  }
}

/** A column without a value is a member that is absent. */
function withoutNulls(row: Row): Row {
  const present: Record<string, unknown> = {}
  for (const name in row) if (row[name] !== null) present[name] = row[name]
  return present
}
