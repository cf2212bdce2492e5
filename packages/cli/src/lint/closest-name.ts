/** Finds the name that was probably meant: equal but for case and separators, or one or two letters away. */
export function closestName(name: string, names: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[_\-.\s]/g, '')
  const same = names.find((one) => plain(one) === plain(name))
  if (same !== undefined) return same
  const most = name.length > 5 ? 2 : 1
  const near = names
    .map((one) => ({ one, distance: distanceOf(name, one, most) }))
    .filter(({ distance }) => distance <= most)
    .toSorted((a, b) => a.distance - b.distance)
  return near[0]?.one
}

/** The edit distance of two names, or something above the most that matters. */
function distanceOf(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most || a.length > 64) return most + 1
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? most + 1
}
