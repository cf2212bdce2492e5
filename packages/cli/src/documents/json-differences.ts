/** One place where two JSON values differ. */
export interface JsonDifference {
  readonly pointer: string
  readonly kind: 'added' | 'removed' | 'changed'
}

/**
 * Lists the places, as JSON Pointers, where a value differs from an older one; the order of members does not count.
 *
 * @example
 * jsonDifferences({ a: 1, b: 2 }, { a: 1, b: 3, c: 4 })
 * // [{ pointer: '/b', kind: 'changed' }, { pointer: '/c', kind: 'added' }]
 */
export function jsonDifferences(older: unknown, newer: unknown, pointer = ''): JsonDifference[] {
  if (!isContainer(older) || !isContainer(newer) || Array.isArray(older) !== Array.isArray(newer)) {
    return Object.is(older, newer) ? [] : [{ pointer, kind: 'changed' }]
  }
  const names = new Set([...Object.keys(older), ...Object.keys(newer)])
  return [...names].flatMap((name): JsonDifference[] => {
    const place = `${pointer}/${escapeSegment(name)}`
    if (!Object.hasOwn(older, name)) return [{ pointer: place, kind: 'added' }]
    if (!Object.hasOwn(newer, name)) return [{ pointer: place, kind: 'removed' }]
    return jsonDifferences(older[name], newer[name], place)
  })
}

/** Escapes a member's name for a JSON Pointer. */
export function escapeSegment(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
