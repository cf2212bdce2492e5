import type { EnqueueResult, StoredDelivery } from '@ringback/sender'
import {
  type Attempt,
  isFinal,
  isSameDelivery,
  toDelivery as showDelivery,
} from '@ringback/sender/store'
import { recordAttempt } from './attempts.ts'
import { readSettings, toDelivery, writeSettings } from './delivery-row.ts'
import { findRow } from './find-row.ts'
import type { Queues } from './queues.ts'
import type { SqlDriver, SqlRow } from './sql-driver.ts'

const INSERT_MESSAGE = `
  INSERT INTO ringback_message
    (id, owner, operation_id, callback, method, url, created_at, dedupe_key, exchange_key, settings,
      payload)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
const INSERT_LIVE = `
  INSERT INTO ringback_live
    (message, id, owner, endpoint, expires_at, order_key, redrive_of, attempts, refusals, detail,
      due_at, waiting, callback)
  VALUES (last_insert_rowid(), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
const INSERT_DONE = `
  INSERT INTO ringback_done
    (message, id, owner, endpoint, expires_at, order_key, redrive_of, attempts, refusals, detail,
      state, reason, ended_at, bytes)
  VALUES (last_insert_rowid(), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
const SELECT_MESSAGE = `
  SELECT id, url, settings, payload FROM ringback_message
  WHERE owner = ? AND operation_id = ? AND callback = ? AND dedupe_key = ?`

/** Stores a delivery with the attempts that it already had, in a transaction. */
export type Enqueue = (
  delivery: StoredDelivery,
  attempts: readonly Attempt[],
  now: number,
) => EnqueueResult

/** Prepares storing deliveries. */
export function prepareEnqueue(driver: SqlDriver, queues: Queues): Enqueue {
  return (delivery, attempts, now) => {
    const { id, owner, operationId, callback, method, url, dedupeKey, payload } = delivery
    const { endpoint = '', expiresAt = null, orderKey = null, redriveOf = null } = delivery
    const { createdAt, dueAt = createdAt, detail = null, attemptCount, refusals } = delivery
    const known =
      dedupeKey !== undefined && driver.get(SELECT_MESSAGE, owner, operationId, callback, dedupeKey)
    if (known) return describeKnown(driver, known, delivery)
    driver.run(
      INSERT_MESSAGE,
      id,
      owner,
      operationId,
      callback,
      method,
      url ?? null,
      createdAt,
      dedupeKey ?? null,
      delivery.exchangeKey ?? null,
      writeSettings(delivery),
      payload,
    )
    const common = [id, owner, endpoint, expiresAt, orderKey, redriveOf, attemptCount, refusals]
    let shown = showDelivery(delivery)
    if (isFinal(delivery)) {
      const { state, reason = null } = delivery
      driver.run(INSERT_DONE, ...common, detail, state, reason, now, payload.byteLength)
      queues.keep(owner, 1, payload.byteLength)
      queues.counts.countEnd(delivery, now)
    } else {
      // what is given is a delay, for which the clock of the store counts
      const due = now + dueAt - createdAt
      const isBehind = queues.isBehind(id, { owner, endpoint, orderKey })
      driver.run(INSERT_LIVE, ...common, detail, due, isBehind ? 1 : 0, callback)
      queues.touch({ owner, endpoint })
      if (due !== dueAt) shown = { ...shown, dueAt: due }
    }
    const isDelivered = delivery.state === 'delivered'
    for (const attempt of attempts) {
      recordAttempt(driver, id, attempt)
      queues.counts.countAttempt(delivery, attempt, { isDelivered, now })
    }
    return { kind: 'stored', delivery: shown }
  }
}

/** The result for a dedupeKey that is in use. */
function describeKnown(driver: SqlDriver, known: SqlRow, delivery: StoredDelivery): EnqueueResult {
  const { id, url, payload } = known
  const row = findRow(driver, String(id))
  const settings = readSettings(known)
  const isSame =
    payload instanceof Uint8Array &&
    isSameDelivery(
      { payload, ...(typeof url === 'string' && { url }), ...(settings && { settings }) },
      delivery,
    )
  return {
    kind: isSame ? 'duplicate' : 'conflict',
    // of a damaged file, the message alone may be left
    delivery: row ? toDelivery(row) : showDelivery(delivery),
  }
}
