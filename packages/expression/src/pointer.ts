/**
 * Parses the string form of a JSON Pointer; `undefined` if it is not one.
 *
 * @example
 * parsePointer('/a~1b/0') // ['a/b', '0']
 *
 * @see https://www.rfc-editor.org/rfc/rfc6901#section-3
 */
export function parsePointer(source: string): string[] | undefined {
  if (/^[^/]|~(?![01])/.test(source)) return undefined

  // ~1 first: '~01' is the name '~1'
  const names = source.split('/').slice(1)
  return names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Writes a JSON Pointer, the reverse of {@link parsePointer}. */
export function formatPointer(pointer: readonly string[]): string {
  return pointer.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/**
 * Finds the value that a pointer names: own members and elements only, `undefined` if there is none.
 *
 * @example
 * resolvePointer({ a: ['x'] }, ['a', '0']) // 'x'
 *
 * @see https://www.rfc-editor.org/rfc/rfc6901#section-4
 */
export function resolvePointer(document: unknown, pointer: readonly string[]): unknown {
  let value = document
  for (const name of pointer) {
    if (!isContainer(value) || !Object.hasOwn(value, name)) return undefined
    // `length` is an array's own member, but not an element
    if (name === 'length' && Array.isArray(value)) return undefined
    value = value[name]
  }
  return value
}

/** Says whether a value can have members or elements: bytes have neither. */
export function isContainer(value: unknown): value is Record<string, unknown> {
  return value === Object(value) && !ArrayBuffer.isView(value)
}
