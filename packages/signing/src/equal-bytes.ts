/**
 * Says whether two byte arrays are equal, in a time that depends only on their length.
 *
 * @example
 * equalBytes(new Uint8Array([1, 2]), new Uint8Array([1, 3])) // false
 */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false

  let difference = 0
  // no early exit: the time must not show how many leading bytes are equal
  for (let index = 0; index < left.length; index += 1) {
    difference |= (left[index] ?? 0) ^ (right[index] ?? 0)
  }
  return difference === 0
}
