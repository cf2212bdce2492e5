import { CoreError } from './errors.ts'

/** Refuses a second value for a slot that holds one: the types would otherwise promise both. */
export function setOnce<TSlots extends object>(
  slots: TSlots,
  name: keyof TSlots & string,
  claim: string,
): void {
  if (Object.hasOwn(slots, name)) {
    throw new CoreError('set-twice', `${claim} twice; keep one of the two`)
  }
}
