import { SenderError } from './errors.ts'
import type { SenderOptions } from './options.ts'
import type { RequestLimits } from './store/request-limits.ts'
import { ONE_SHOT_SCHEDULE, OVERLOAD_WAIT, SUBSCRIPTION_SCHEDULE } from './work/backoff.ts'
import type { Retention } from './work/cleaner.ts'

type NumberOptions = Pick<
  SenderOptions,
  'deadline' | 'schedule' | 'overloadWait' | 'concurrency' | 'payloadLimit' | 'grace'
>

/** The options that are numbers, complete. Times are milliseconds, sizes bytes. */
export interface SenderSettings extends Required<NumberOptions> {
  /** The schedule of webhooks: that of the application, if it gives one. */
  readonly webhookSchedule: readonly number[]
}

const DEFAULTS: Required<NumberOptions> = {
  deadline: 15_000,
  schedule: ONE_SHOT_SCHEDULE,
  overloadWait: OVERLOAD_WAIT,
  concurrency: 64,
  payloadLimit: 1024 * 1024,
  grace: 10_000,
}

const DAY = 24 * 60 * 60_000
const RETENTION: Retention = {
  age: 30 * DAY,
  count: 1_000_000,
  bytes: 1024 ** 3,
  exchangeAge: 30 * DAY,
}
const ENDPOINT_CONCURRENCY = 16
const PACE = 10

/**
 * Gives each number or its default, and refuses those that would send nothing, or never stop.
 *
 * @throws {SenderError} with `option`
 */
export function resolveSettings(options: NumberOptions): SenderSettings {
  // a schedule of the application's own is kept also after overload
  const own = options.schedule === undefined ? {} : { overloadWait: 0 }
  const settings = { ...DEFAULTS, ...own, ...withoutUndefined(options) }
  const { schedule, deadline, overloadWait, concurrency, payloadLimit, grace } = settings
  if (schedule.length === 0 || !schedule.every((delay) => isNumber(delay) && delay >= 0)) {
    throw new SenderError(
      'option',
      'schedule is not valid: give at least one delay in milliseconds',
    )
  }
  checkWhole('concurrency', concurrency)
  checkPositive({ deadline, payloadLimit, grace })
  if (!isNumber(overloadWait) || overloadWait < 0) {
    const sentence = `overloadWait is ${overloadWait}: give milliseconds, 0 or more`
    throw new SenderError('option', sentence)
  }
  const webhookSchedule = options.schedule ?? SUBSCRIPTION_SCHEDULE
  return {
    ...{ schedule, webhookSchedule, deadline, overloadWait },
    ...{ concurrency, payloadLimit, grace },
  }
}

/**
 * Gives the limits of endpoints and owners: 16 requests at once to an endpoint by default.
 *
 * @throws {SenderError} with `option`
 */
export function resolveRequestLimits({
  limits = {},
}: Pick<SenderOptions, 'limits'>): RequestLimits {
  const { endpoint, owner } = limits
  for (const [name, limit] of Object.entries({ endpoint, owner })) {
    const { concurrency, rate } = limit ?? {}
    if (concurrency !== undefined) checkWhole(`limits.${name}.concurrency`, concurrency)
    if (rate !== undefined) checkPositive({ [`limits.${name}.rate`]: rate })
  }
  return {
    endpoint: { concurrency: ENDPOINT_CONCURRENCY, ...withoutUndefined(endpoint ?? {}) },
    ...(owner && { owner }),
    pace: PACE,
  }
}

/**
 * Gives how long and how many final deliveries are kept.
 *
 * @throws {SenderError} with `option`
 */
export function resolveRetention({ retention = {} }: Pick<SenderOptions, 'retention'>): Retention {
  const complete: Retention = { ...RETENTION, ...withoutUndefined(retention) }
  for (const [name, value] of Object.entries(complete)) {
    checkPositive({ [`retention.${name}`]: value })
  }
  return complete
}

function checkWhole(name: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return
  throw new SenderError('option', `${name} is ${String(value)}: give a whole number, 1 or more`)
}

function checkPositive(numbers: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (isNumber(value) && value > 0) continue
    throw new SenderError('option', `${name} is ${String(value)}: give a number above 0`)
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

type Given<TOptions> = { [TName in keyof TOptions]?: NonNullable<TOptions[TName]> }

function withoutUndefined<TOptions extends object>(options: TOptions): Given<TOptions> {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  // the entries are those of the options, so that their types are as well
  return Object.fromEntries(given) as Given<TOptions>
}
