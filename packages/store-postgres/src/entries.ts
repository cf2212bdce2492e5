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

/** Gives the ends of claims as the JSON that `commit_v1` reads. */
export function writeCommits(commits: readonly Commit[]): string {
  return toJson(
    commits.map(({ claimed, transition, attempt }, n) => ({
      n,
      id: claimed.id,
      lease: claimed.lease,
      state: transition.state,
      reason: transition.reason,
      detail: storable(transition.detail),
      delay: transition.delay ?? 0,
      attempts: transition.attemptCount,
      refusals: transition.refusals,
      ...(attempt && { attempt: writeAttempt(attempt) }),
    })),
  )
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
