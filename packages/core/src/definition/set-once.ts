import { CoreError } from './errors.ts'

/** Throws if a slot has a value already: the types would promise both. */
export function setOnce(slots: object, name: string, claim: string): void {
  if (typeof __RINGBACK_CHECKS__ !== 'undefined' && !__RINGBACK_CHECKS__) return
  if (Object.hasOwn(slots, name)) {
    throw new CoreError('set-twice', `${claim} twice; keep one of the two`)
  }
}
