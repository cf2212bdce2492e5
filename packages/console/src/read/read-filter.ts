import type { DeadReason, DeliveryFilter, DeliveryState } from '@ringback/sender'

/** The states that a delivery is listed by. */
export const STATES = [
  'scheduled',
  'parked',
  'sending',
  'delivered',
  'dead',
  'cancelled',
  'unresolvable',
] as const satisfies readonly DeliveryState[]

/** The reasons of dead deliveries. */
export const REASONS = [
  'blocked',
  'gone',
  'rejected',
  'exhausted',
  'expired',
  'internal',
] as const satisfies readonly DeadReason[]

/** The members of a filter that are text. */
export const TEXTS = ['id', 'owner', 'callback', 'operationId', 'endpoint'] as const
/** The members of a filter that are times. */
export const TIMES = ['since', 'until'] as const

// longer than any name or id; a URL has more, and an origin less
const MOST = 2048

/** Reads a filter of a query or a form; what is empty, or no state, reason or time, selects nothing less. */
export function readFilter(values: URLSearchParams): DeliveryFilter {
  const read = (name: string) => values.get(name)?.trim().slice(0, MOST) || undefined
  const state = STATES.find((one) => one === read('state'))
  const reason = REASONS.find((one) => one === read('reason'))
  const texts = [...TEXTS, 'cursor'].map((name) => [name, read(name)] as const)
  const times = TIMES.map((name) => [name, readTime(read(name))] as const)
  const given = [...texts, ...times].filter(([, value]) => value !== undefined)
  return {
    ...Object.fromEntries(given),
    ...(state && { state }),
    ...(reason && { reason }),
  }
}

/** The names of what a filter cannot have been meant without, and `readFilter` does not take: it would select more. */
export function findUnread(values: URLSearchParams): readonly string[] {
  const given = [...values].filter(([, value]) => value.trim() !== '')
  return given.flatMap(([name, value]) => (takes(name, value.trim()) ? [] : [name]))
}

function takes(name: string, value: string): boolean {
  if (name === 'state') return STATES.some((one) => one === value)
  if (name === 'reason') return REASONS.some((one) => one === value)
  if (TIMES.some((time) => time === name)) return readTime(value) !== undefined
  return [...TEXTS, 'cursor'].includes(name) && value.length <= MOST
}

/** Writes a filter as a query, as `readFilter` reads it. */
export function writeFilter(filter: DeliveryFilter): string {
  const entries = Object.entries(filter).map(([name, value]) => {
    const isTime = TIMES.some((time) => time === name)
    return [name, isTime ? writeTime(Number(value)) : String(value)]
  })
  return new URLSearchParams(entries).toString()
}

/** Writes a time as a form has it, in UTC: to the second, or the millisecond where it has some. */
export function writeTime(time: number): string {
  return new Date(time)
    .toISOString()
    .slice(0, -1)
    .replace(/(?::00)?\.000$/, '')
}

function readTime(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?$/.test(text))
    return undefined
  const time = Date.parse(`${text}Z`)
  return Number.isNaN(time) ? undefined : time
}
