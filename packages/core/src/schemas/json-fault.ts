/** A part of a value that JSON would leave out or change, and why. */
export interface JsonFault {
  /** The keys that lead to it. */
  readonly path: PropertyKey[]
  /** The rest of a sentence about it, such as `is NaN, which JSON has no number for`. */
  reason: string | undefined
}

/** The reason why JSON cannot hold a scalar, or `undefined`. */
export function scalarFault(value: unknown): string | undefined {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? undefined : `is ${value}, which JSON has no number for`
    case 'bigint':
      return 'toJSON' in BigInt.prototype ? undefined : 'is a BigInt, which JSON has no number for'
    case 'undefined':
    case 'function':
    case 'symbol':
      return `is ${typeof value === 'undefined' ? '' : 'a '}${typeof value}, which JSON has no value for`
  }
  return undefined
}

/** The reason why JSON cannot hold an object itself, whatever it contains, or `undefined`. */
export function objectFault(value: object): string | undefined {
  if (value instanceof Date) {
    return Number.isNaN(value.getTime())
      ? 'is an invalid Date, which JSON has no text for'
      : undefined
  }
  if (value instanceof Map || value instanceof Set) {
    const name = value instanceof Map ? 'Map' : 'Set'
    return `is a ${name}, whose items JSON leaves out; give an object or an array`
  }
  return undefined
}

/** Finds what JSON would change in a value of which nothing is declared; members without a value may be left out. */
export function findJsonFault(value: unknown, fault: JsonFault): void {
  if (typeof value !== 'object' || value === null) {
    fault.reason = scalarFault(value)
    return
  }
  fault.reason = objectFault(value)
  if (fault.reason !== undefined) return
  const plain = toJsonOf(value)
  if (typeof plain !== 'object' || plain === null) {
    if (plain !== value && !(value instanceof Date)) fault.reason = scalarFault(plain)
    return
  }
  const isArray = Array.isArray(plain)
  const members: Iterable<readonly [PropertyKey, unknown]> = isArray
    ? plain.entries()
    : Object.entries(plain)
  for (const [key, member] of members) {
    if (!isArray && isLeftOut(member)) continue
    findJsonFault(member, fault)
    if (fault.reason !== undefined) {
      fault.path.unshift(key)
      return
    }
  }
}

/** Whether JSON leaves a member with this value out of an object. */
export function isLeftOut(member: unknown): boolean {
  return member === undefined || typeof member === 'function' || typeof member === 'symbol'
}

/** The value that `JSON.stringify` writes for an object: the result of its `toJSON`, if it has one. */
export function toJsonOf(value: object): unknown {
  return 'toJSON' in value && typeof value.toJSON === 'function' ? value.toJSON() : value
}
