import { type ArrayShape, type ObjectShape, resolved, type Shape } from './shape.ts'

/** Whether a value has a shape; members that the shape does not name do not count. */
export function fits(shape: Shape, value: unknown): boolean {
  const known = resolved(shape)
  switch (known.kind) {
    case 'any':
      return true
    case 'scalar':
      return known.accepts(value)
    case 'object':
      return isObject(value) && fitsObject(known, value)
    case 'array':
      return Array.isArray(value) && fitsArray(known, value)
    case 'maybe':
      if (value === undefined) return known.isOptional || fits(known.inner, value)
      return (value === null && known.isNullable) || fits(known.inner, value)
    case 'union':
      return known.branches.some((branch) => fits(branch, value))
    case 'all':
      return known.parts.every((part) => fits(part, value))
  }
}

/** Whether a value is an object that is no array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function fitsObject(
  { members, rest }: ObjectShape,
  value: Readonly<Record<string, unknown>>,
): boolean {
  for (const [name, shape] of members) {
    if (!fits(shape, memberOf(value, name))) return false
  }
  if (!rest || rest.shape.kind === 'any') return true
  return Object.keys(value).every(
    (name) => members.has(name) || rest.accepts?.(name) === false || fits(rest.shape, value[name]),
  )
}

function fitsArray({ items, rest }: ArrayShape, value: readonly unknown[]): boolean {
  return (
    items.every((shape, index) => fits(shape, value[index])) &&
    (rest === undefined || value.slice(items.length).every((item) => fits(rest, item)))
  )
}

/** A member, also one that a class has as a getter, but none of those that every object inherits. */
export function memberOf(value: Readonly<Record<string, unknown>>, name: string): unknown {
  return name in Object.prototype && !Object.hasOwn(value, name) ? undefined : value[name]
}
