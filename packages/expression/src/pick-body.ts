import { isContainer, resolvePointer } from './pointer.ts'

type Container = Record<string, unknown>

/**
 * Copies the members of a body that pointers name, in the same shape, so that each pointer finds an
 * equal value. Elements of an array that no pointer names become `null`.
 *
 * @example
 * pickBody({ id: 7, secret: 's', list: ['a', 'b'] }, [['id'], ['list', '1']])
 * // { body: { id: 7, list: [null, 'b'] } }
 */
export function pickBody(
  body: unknown,
  pointers: readonly (readonly string[])[],
): { readonly body?: unknown } {
  // the body is a member too, so that the whole of it is copied like any other
  const picked: Container = {}
  for (const pointer of pointers) {
    if (resolvePointer(body, pointer) !== undefined) pick(body, picked, pointer)
  }
  return picked
}

/** Copies without recursion, since a stranger's body may be nested to any depth. */
function pick(body: unknown, picked: Container, pointer: readonly string[]): void {
  const todo = [{ value: body, target: picked, name: 'body', depth: 0 }]
  // grows while it runs
  for (const { value, target, name, depth } of todo) {
    const made = Object.hasOwn(target, name) && target[name]
    const isObject = value === Object(value)
    const copy = isObject ? made || (Array.isArray(value) ? [] : {}) : value
    setOwn(target, name, copy)
    if (!isContainer(value)) continue

    // an array's elements are reached by name as well; bytes have nothing to reach
    const only = pointer[depth]
    for (const key of only === undefined ? Object.keys(value) : [only]) {
      todo.push({ value: value[key], target: copy as Container, name: key, depth: depth + 1 })
    }
  }
}

/** Sets a member as data, which assigning to `__proto__` would not. */
function setOwn(target: Container, name: string, value: unknown): void {
  while (Array.isArray(target) && target.length < Number(name)) target.push(null)
  Object.defineProperty(target, name, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  })
}
