import type { StoredDelivery } from '@ringback/sender'
import type { Attempt, ClaimedDelivery, DeliveryTransition } from '@ringback/sender/store'

/** Gives deliveries, with the attempts that they already had, as the JSON that `enqueue_v1` reads. */
export function writeDeliveries(
  entries: readonly (readonly [StoredDelivery, readonly Attempt[]])[],
): string {
  return toJson(
    entries.map(([delivery, attempts], n) => ({
      n,
      id: delivery.id,
      owner: delivery.owner,
      operation_id: delivery.operationId,
      callback: delivery.callback,
      method: delivery.method,
      url: delivery.url,
      endpoint: delivery.endpoint ?? '',
      created_at: delivery.createdAt,
      // what is given is a delay, for which the clock of the server counts
      delay: (delivery.dueAt ?? delivery.createdAt) - delivery.createdAt,
      expires_at: delivery.expiresAt,
      order_key: delivery.orderKey,
      dedupe_key: delivery.dedupeKey,
      exchange_key: delivery.exchangeKey,
      redrive_of: delivery.redriveOf,
      settings: delivery.settings && JSON.stringify(delivery.settings),
      state: delivery.state,
      reason: delivery.reason,
      detail: storable(delivery.detail),
      attempts: delivery.attemptCount,
      refusals: delivery.refusals,
      bytes: delivery.payload.byteLength,
      payload: toBase64(delivery.payload),
      ...(attempts.length > 0 && { log: attempts.map(writeAttempt) }),
    })),
  )
}

/** The end of a claim: what became of its delivery, and the attempt that was made. */
export interface Commit {
  readonly claimed: ClaimedDelivery
  readonly transition: DeliveryTransition
  readonly attempt: Attempt | undefined
}

/** Gives the ends of claims as the values of `COMMIT_COLUMNS`. */
export function writeCommits(commits: readonly Commit[]): readonly string[] {
  const column = (read: (commit: Commit) => string | number | boolean | null | undefined) =>
    toArray(commits.map(read))
  return [
    column(({ claimed }) => claimed.id),
    column(({ claimed }) => claimed.lease),
    column(({ transition }) => transition.state),
    column(({ transition }) => transition.reason),
    column(({ transition }) => storable(transition.detail)),
    column(({ transition }) => transition.delay),
    column(({ transition }) => transition.attemptCount),
    column(({ transition }) => transition.refusals),
    column(({ attempt }) => attempt && Math.round(attempt.startedAt)),
    column(({ attempt }) => attempt && Math.round(attempt.duration)),
    column(({ attempt }) => attempt?.status),
    column(({ attempt }) => attempt?.reason),
    column(({ attempt }) => storable(attempt?.detail)),
    column(({ attempt }) => attempt?.bytes),
    column(({ attempt }) => attempt?.body),
    // as JSON, so that what PostgreSQL cannot store stays escaped
    column(({ attempt }) => attempt?.response && JSON.stringify(attempt.response)),
    column(({ attempt }) => attempt?.isOrphan),
  ]
}

/** Gives values as the text of an array, which is empty where there is none. */
function toArray(values: readonly (string | number | boolean | null | undefined)[]): string {
  if (values.every((value) => value === undefined || value === null)) return '{}'
  const texts = values.map((value) =>
    typeof value === 'string' ? quote(value) : `${value ?? 'NULL'}`,
  )
  return `{${texts.join()}}`
}

const ESCAPED = /["\\]/

/** Gives a text as an element of an array; to look whether it needs an escape costs a tenth of a replacement. */
function quote(text: string): string {
  if (!ESCAPED.test(text)) return `"${text}"`
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

function writeAttempt(attempt: Attempt) {
  return {
    started_at: Math.round(attempt.startedAt),
    duration: Math.round(attempt.duration),
    status: attempt.status,
    reason: attempt.reason,
    detail: storable(attempt.detail),
    bytes: attempt.bytes,
    body: attempt.body,
    // a string in a string, so that what PostgreSQL cannot store stays escaped
    response: attempt.response && JSON.stringify(attempt.response),
    orphan: attempt.isOrphan,
  }
}

/** Replaces what a text of PostgreSQL cannot hold: a receiver must not be able to stop a commit. */
function storable(text: string | undefined): string | undefined {
  return text?.replaceAll('\0', '\uFFFD').replace(/\p{Surrogate}/gu, '\uFFFD')
}

function toJson(entries: readonly object[]): string {
  return JSON.stringify(entries)
}

const CHUNK = 0x8000

/** Gives bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  if (typeof Buffer === 'function') {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
  }
  let text = ''
  for (let start = 0; start < bytes.byteLength; start += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(start, start + CHUNK))
  }
  return btoa(text)
}
