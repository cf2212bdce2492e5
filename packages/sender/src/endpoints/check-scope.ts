import { SenderError } from '../errors.ts'
import { refuseUnknown } from '../refuse-unknown.ts'
import type { OwnerScope } from '../store/delivery-store.ts'

// the compiler compares it with the type
const SCOPE = { owner: 1 } satisfies Record<keyof OwnerScope, 1>

/**
 * Gives a scope that is absent, empty, or names an owner: one that is misspelled or `undefined`, such as that of a
 * caller who is not known, would reach what belongs to everybody.
 *
 * @throws {SenderError} with `option`
 */
export function checkScope(scope: OwnerScope | undefined, place: string): OwnerScope | undefined {
  if (scope === undefined) return undefined
  refuseUnknown(place, scope, Object.keys(SCOPE))
  refuseUndefined(scope, place)
  if (scope.owner === undefined || typeof scope.owner === 'string') return scope
  throw new SenderError('option', `owner of ${place} is no text: give the owner as text`)
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
