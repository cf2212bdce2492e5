/** A value as JSON, with dates as text; `undefined` for a value that JSON cannot hold. */
export function jsonValue(value: unknown): unknown {
  if (value === null) return null
  if (typeof value !== 'object') return typeof value === 'bigint' ? undefined : scalarOf(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString()
  if (Array.isArray(value)) {
    const items = value.map(jsonValue)
    return items.includes(undefined) ? undefined : items
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return undefined
  const members = Object.entries(value).map(([name, inner]) => [name, jsonValue(inner)] as const)
  return members.some(([, inner]) => inner === undefined) ? undefined : Object.fromEntries(members)
}

/** A scalar as JSON, a safe big integer as a number; `undefined` for a value that JSON cannot hold. */
export function scalarOf(value: unknown): unknown {
  if (typeof value === 'bigint')
    return Number.isSafeInteger(Number(value)) ? Number(value) : undefined
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
    ? value
    : undefined
}
