/**
 * Finds the name that was probably meant: one that differs in case, or in one or two letters.
 *
 * @example
 * closestName('scedule', ['schedule', 'store']) // 'schedule'
 */
export function closestName(given: string, names: readonly string[]): string | undefined {
  const distances = names.map((name) => distanceOf(given.toLowerCase(), name.toLowerCase()))
  const least = Math.min(...distances)
  return least <= Math.min(2, given.length / 2) ? names[distances.indexOf(least)] : undefined
}

/** The number of letters to add, take out or change. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let at = 1; at <= a.length; at += 1) {
    const next = [at]
    for (let to = 1; to <= b.length; to += 1) {
      const change = (row[to - 1] ?? 0) + (a[at - 1] === b[to - 1] ? 0 : 1)
      next.push(Math.min(change, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
