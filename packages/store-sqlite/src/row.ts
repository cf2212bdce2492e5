import type { Attempt, StoredDelivery } from '@ringback/sender'

/** A row as node:sqlite gives it. */
export type Row = Readonly<Record<string, unknown>>

/** The columns of a delivery, in the order in which `toColumns` gives their values. */
export const COLUMNS =
  'id, state, owner, operation_id, callback, method, url, payload, reason, detail, attempts, refusals, created_at, due_at'

/** The values of a delivery's columns. */
export function toColumns(delivery: StoredDelivery) {
  return [
    delivery.id,
    delivery.state,
    delivery.owner,
    delivery.operationId,
    delivery.callback,
    delivery.method,
    delivery.url ?? null,
    delivery.payload,
    delivery.reason ?? null,
    delivery.detail ?? null,
    delivery.attempts,
    delivery.refusals,
    delivery.createdAt,
    delivery.dueAt ?? null,
  ]
}

/** Reads a delivery. The columns were written by `toColumns`, so the casts hold. */
export function toDelivery(row: Row): StoredDelivery {
  const delivery: Record<keyof StoredDelivery, unknown> = {
    id: row.id,
    state: row.state,
    owner: row.owner,
    operationId: row.operation_id,
    callback: row.callback,
    method: row.method,
    url: row.url,
    payload: row.payload,
    reason: row.reason,
    detail: row.detail,
    attempts: row.attempts,
    refusals: row.refusals,
    createdAt: row.created_at,
    dueAt: row.due_at,
  }
  return withoutNulls(delivery) as unknown as StoredDelivery
}

/** Reads an attempt. */
export function toAttempt(row: Row): Attempt {
  const attempt: Record<keyof Attempt, unknown> = {
    startedAt: row.started_at,
    duration: row.duration,
    status: row.status,
    detail: row.detail,
  }
  return withoutNulls(attempt) as unknown as Attempt
}

/** A column without a value is a member that is absent. */
function withoutNulls(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))
}
