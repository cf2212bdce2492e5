import { ONE_SHOT_SCHEDULE } from './backoff.ts'
import { SenderError } from './errors.ts'

/** The numbers that a sender works with: milliseconds, bytes, requests. */
export interface Limits {
  readonly deadline: number
  readonly schedule: readonly number[]
  readonly concurrency: number
  readonly payloadLimit: number
  readonly grace: number
}

const DEFAULTS: Limits = {
  deadline: 15_000,
  schedule: ONE_SHOT_SCHEDULE,
  concurrency: 64,
  payloadLimit: 1024 * 1024,
  grace: 10_000,
}

/**
 * Gives each number or its default, and refuses what would stand still, or never stop.
 *
 * @throws {SenderError} with `option`
 */
export function limitsOf(options: Partial<Limits>): Limits {
  const limits = { ...DEFAULTS, ...withoutUndefined(options) }
  const { schedule, deadline, concurrency, payloadLimit, grace } = limits
  if (schedule.length === 0 || !schedule.every((delay) => isNumber(delay) && delay >= 0)) {
    throw new SenderError('option', 'schedule must be one delay in milliseconds or more')
  }
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new SenderError('option', `concurrency is ${concurrency}: give a whole number from 1`)
  }
  for (const [name, value] of Object.entries({ deadline, payloadLimit, grace })) {
    if (isNumber(value) && value > 0) continue
    throw new SenderError('option', `${name} is ${value}: give a number above 0`)
  }
  return { schedule, deadline, concurrency, payloadLimit, grace }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function withoutUndefined(options: Partial<Limits>): Partial<Limits> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
