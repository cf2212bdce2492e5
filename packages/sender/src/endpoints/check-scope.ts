import { checkMembers, TEXT } from '../check-members.ts'
import type { OwnerScope } from '../store/delivery-store.ts'

// the compiler compares it with the type
const SCOPE = { owner: TEXT } satisfies Record<keyof OwnerScope, unknown>

/**
 * Gives a scope that is absent, empty, or names an owner: one that is misspelled or `undefined`, such as that of a
 * caller who is not known, would reach what belongs to everybody.
 *
 * @throws {SenderError} with `option`
 */
export function checkScope(scope: OwnerScope | undefined, place: string): OwnerScope | undefined {
  if (scope !== undefined) checkMembers(place, scope, SCOPE)
  return scope
}
