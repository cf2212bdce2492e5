import type { Attempt, Delivery, DeliveryRecord, Endpoint } from '@ringback/sender'
import type { AttemptBody, DeliveryBody, DeliveryWithAttemptsBody, EndpointBody } from './bodies.ts'

/** Gives an endpoint as its owner sees it. */
export function toEndpointBody(endpoint: Endpoint): EndpointBody {
  const { owner: _owner, heldUntil, createdAt, updatedAt, ...rest } = endpoint
  return {
    ...rest,
    ...(heldUntil !== undefined && { heldUntil: toIso(heldUntil) }),
    createdAt: toIso(createdAt),
    updatedAt: toIso(updatedAt),
  }
}

/** Gives a delivery as the owner of its endpoint sees it: without its detail, which is for operators. */
export function toDeliveryBody(delivery: Delivery): DeliveryBody {
  const { id, callback, state, reason, attemptCount, createdAt, dueAt } = delivery
  return {
    id,
    event: callback,
    state,
    ...(reason !== undefined && { reason }),
    attemptCount,
    createdAt: toIso(createdAt),
    ...(dueAt !== undefined && { dueAt: toIso(dueAt) }),
  }
}

/** The same, with its attempts. */
export function toDeliveryWithAttemptsBody(record: DeliveryRecord): DeliveryWithAttemptsBody {
  return { ...toDeliveryBody(record), attempts: record.attempts.map(toAttemptBody) }
}

function toAttemptBody({ startedAt, duration, status, reason }: Attempt): AttemptBody {
  return {
    startedAt: toIso(startedAt),
    duration,
    ...(status !== undefined && { status }),
    ...(reason !== undefined && { reason }),
  }
}

function toIso(time: number): string {
  return new Date(time).toISOString()
}
