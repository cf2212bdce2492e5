import { isContainer, resolvePointer } from './pointer.ts'

type Container = Record<string, unknown>

/**
 * Copies the members of a document that pointers name, in the same shape, so that each pointer finds an
 * equal value. Elements of an array that no pointer names become `null`.
 *
 * @example
 * pickMembers({ id: 7, secret: 's', list: ['a', 'b'] }, [['id'], ['list', '1']])
 * // { id: 7, list: [null, 'b'] }
 */
export function pickMembers(
  document: Container,
  pointers: readonly (readonly string[])[],
): Container {
  const picked: Container = {}
  // a list that grows while it is read, and no recursion: a stranger's body may be nested to any depth
  const todo = pointers
    .filter((pointer) => resolvePointer(document, pointer) !== undefined)
    .map((pointer) => ({ from: document, to: picked, pointer }))
  for (const { from, to, pointer } of todo) {
    const [first, ...rest] = pointer
    // at the end of a pointer, everything below it
    const names = first === undefined ? Object.keys(from) : [first]
    for (const name of names) {
      while (Array.isArray(to) && to.length < Number(name)) to.push(null)
      const value = from[name]
      // without a prototype, so that a member named `__proto__` is one like any other
      const made = to[name] ?? (Array.isArray(value) ? [] : Object.create(null))
      to[name] = value === Object(value) ? made : value
      // an array's elements are reached by name as well; bytes have nothing to reach
      if (isContainer(value)) todo.push({ from: value, to: made, pointer: rest })
    }
  }
  return picked
}
