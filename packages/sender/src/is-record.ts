/**
 * Tells whether a value is an object with members: no list, and nothing whose members are elsewhere, such as a `Map`, or
 * a promise that was not awaited.
 */
export function isRecord(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  if (Object.keys(value).length > 0) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  // the prototype of {} has none itself, in whatever realm
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
