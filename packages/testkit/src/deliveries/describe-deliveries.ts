import type { AnyOutgoing } from '@ringback/core'
import type { DeliveryRecord } from '@ringback/sender'
import type { Expectation, ReadDelivery } from './judge-deliveries.ts'

/** An expectation, and what there was. */
interface Described extends Omit<Expectation, 'equals'> {
  readonly pass: boolean
  /** Those that met it, or else all of its callback. */
  readonly deliveries: readonly ReadDelivery[]
  /** The deliveries of other callbacks. */
  readonly others: readonly DeliveryRecord[]
}

const MOST_SHOWN = 10

/** Says what was expected and what there was instead, as the message of a test. */
export function describeDeliveries({
  callback,
  isDelivered,
  payload,
  pass,
  deliveries,
  others,
}: Described): string {
  const verb = isDelivered ? 'delivered' : 'stored'
  const wanted = `${nameOf(callback, deliveries)}${payload.map((one) => ` with ${show(one)}`).join('')}`
  if (pass) {
    return `The sender has ${verb} ${wanted}, and should not have:\n${list(deliveries.map(lineOf))}`
  }
  const lines = [`The sender has not ${verb} ${wanted}.`]
  if (deliveries.length > 0) {
    lines.push('Of this declaration it has:', list(deliveries.map(lineOf)))
  } else if (others.length > 0) {
    lines.push(
      'Of this declaration it has nothing, and of others:',
      list(others.map((record) => lineOf({ record, payload: undefined }))),
    )
  } else {
    lines.push('It has no deliveries at all.')
  }
  if (isDelivered && deliveries.some(({ record }) => record.state === 'scheduled')) {
    lines.push('Nothing sends what is scheduled until it is told: await sender.sendDue() first.')
  }
  return lines.join('\n')
}

/** The name of a callback where it is known, else the key that it was declared with. */
function nameOf({ '~definition': definition }: AnyOutgoing, [first]: readonly ReadDelivery[]) {
  const known = first?.record.callback ?? ('name' in definition ? definition.name : undefined)
  if (typeof known === 'string') return `'${known}'`
  const key = 'key' in definition ? definition.key : ''
  return `the callback ${definition.method.toUpperCase()} ${String(key)}`
}

function lineOf({ record, payload }: ReadDelivery): string {
  const { callback, state, reason, url, detail, attempts } = record
  const last = attempts.at(-1)
  const why = reason ?? (state === 'delivered' ? undefined : (last?.reason ?? detail))
  const body = payload === undefined ? '' : ` ${show(payload)}`
  return `${callback}: ${state}${why === undefined ? '' : ` (${why})`}${body}${url === undefined ? '' : ` to ${url}`}`
}

function list(lines: readonly string[]): string {
  const rest = lines.length - MOST_SHOWN
  return [...lines.slice(0, MOST_SHOWN), ...(rest > 0 ? [`and ${rest} more`] : [])]
    .map((line) => `  ${line}`)
    .join('\n')
}

/** A value as JSON; a matcher, such as `expect.any(Number)`, by what it says of itself. */
function show(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => {
    const isMatcher = typeof member === 'object' && member !== null && 'asymmetricMatch' in member
    return isMatcher ? String(member) : member
  })
}
