import { SenderError } from '../errors.ts'

/**
 * Gives a scope or filter in which every member has a value: an owner that is `undefined`, such as that of a caller who
 * is not known, would reach the endpoints of everybody.
 *
 * @throws {SenderError} with `option`
 */
export function checkScope<TScope extends object>(
  scope: TScope | undefined,
  place: string,
): TScope | undefined {
  const missing = Object.entries(scope ?? {}).find(([, value]) => value === undefined)
  if (missing === undefined) return scope
  throw new SenderError(
    'option',
    `${missing[0]} of ${place} is undefined, which would reach the endpoints of everybody: give a value, or leave '${missing[0]}' out`,
  )
}
