import { SenderError } from './errors.ts'
import { refuseUnknown } from './refuse-unknown.ts'

/** The check of a value, and what to give instead of another. */
export type Rule = readonly [isRight: (value: unknown) => boolean, wanted: string]

export const TEXT: Rule = [(value) => typeof value === 'string', 'text']
export const TIME: Rule = [Number.isFinite, 'milliseconds since the Unix epoch']
export const COUNT: Rule = [
  (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  'a whole number from 0',
]
export const FLAG: Rule = [(value) => typeof value === 'boolean', 'true or false']
export const CLOCK: Rule = [
  // Date is one
  (value) => typeof Reflect.get(Object(value), 'now') === 'function',
  'an object with the function now, such as virtualClock() of @ringback/testkit',
]

/** The rule of a member that has one of some texts: the keys of an object, which the compiler compares with a type. */
export function oneOf(texts: object): Rule {
  const known = Object.keys(texts)
  return [(value) => known.some((text) => text === value), `one of ${known.join(', ')}`]
}

/**
 * Refuses what is no object, and a member that is unknown, `undefined` or of another type: JavaScript knows no types. A
 * message names the member, never its value.
 *
 * @throws {SenderError} with `option`
 */
export function checkMembers(
  place: string,
  given: object,
  rules: Readonly<Record<string, Rule>>,
): void {
  refuseUnknown(place, given, Object.keys(rules))
  refuseUndefined(given, place)
  for (const [name, [isRight, wanted]] of Object.entries(rules)) {
    if (!Object.hasOwn(given, name) || isRight(Reflect.get(given, name))) continue
    throw new SenderError('option', `${name} of ${place} is of another type: give ${wanted}`)
  }
}

/**
 * Refuses a member that is needed and not there.
 *
 * @throws {SenderError} with `option`
 */
export function requireMembers(
  place: string,
  given: object,
  rules: Readonly<Record<string, Rule>>,
): void {
  const missing = Object.entries(rules).find(([name]) => !Object.hasOwn(given, name))
  if (missing === undefined) return
  const [name, [, wanted]] = missing
  throw new SenderError('option', `${place} needs ${name}: give ${wanted}`)
}

/**
 * Refuses a scope or filter with a member that is `undefined`.
 *
 * @throws {SenderError} with `option`
 */
export function refuseUndefined(given: object, place: string): void {
  const missing = Object.entries(given).find(([, value]) => value === undefined)
  if (missing === undefined) return
  throw new SenderError(
    'option',
    `${missing[0]} of ${place} is undefined, which would reach what belongs to everybody: give a value, or leave '${missing[0]}' out`,
  )
}
