import type { DeliveryOptions } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'

const NAMES: readonly string[] = [
  'schedule',
  'deadline',
  'overloadWait',
] satisfies readonly (keyof DeliveryOptions)[]

/**
 * Refuses options of a callback's deliveries that are not valid.
 *
 * @throws {CoreError} with `option`
 */
export function checkDelivery(options: DeliveryOptions, owner: string): void {
  if (typeof __RINGBACK_CHECKS__ !== 'undefined' && !__RINGBACK_CHECKS__) return
  const refuse = (problem: string): never => {
    throw new CoreError('option', `${owner} declares its delivery with ${problem}`)
  }
  if (typeof options !== 'object')
    refuse('no options: give { schedule, deadline, overloadWait }, or some of them')
  const unknown = Object.keys(options).find((name) => !NAMES.includes(name))
  if (unknown !== undefined) {
    refuse(`'${unknown}', which is no option of it: give schedule, deadline or overloadWait`)
  }
  const { schedule, deadline, overloadWait } = options
  if (schedule !== undefined && !isSchedule(schedule)) {
    refuse('a schedule that is not valid: give a list of at least one delay in milliseconds')
  }
  if (deadline !== undefined && !(isDuration(deadline) && deadline > 0)) {
    refuse('a deadline that is not valid: give milliseconds above 0')
  }
  if (overloadWait !== undefined && !isDuration(overloadWait)) {
    refuse('an overloadWait that is not valid: give milliseconds, 0 or more')
  }
}

function isSchedule(schedule: readonly number[]): boolean {
  return Array.isArray(schedule) && schedule.length > 0 && schedule.every(isDuration)
}

function isDuration(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}
