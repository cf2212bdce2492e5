import { SenderError } from '../errors.ts'
import type { DeliveryFilter, OwnerScope } from '../store/delivery-store.ts'

/**
 * Gives a filter or scope in which every member that is named has a value. One that is `undefined`, such as the owner of
 * a caller who is not known, would select the deliveries of everybody.
 *
 * @throws {SenderError} with `option`
 */
export function checkFilter<TFilter extends DeliveryFilter | OwnerScope>(
  filter: TFilter | undefined,
): TFilter | undefined {
  const missing = Object.entries(filter ?? {}).find(([, value]) => value === undefined)
  if (missing === undefined) return filter
  throw new SenderError(
    'option',
    `${missing[0]} is undefined, which would select the deliveries of everybody: give a value, or leave '${missing[0]}' out`,
  )
}
