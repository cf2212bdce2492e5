/** An object of what a map holds, by name: the same document for the same operations, in whatever order. */
export function sorted<TValue, TWritten>(
  map: ReadonlyMap<string, TValue>,
  write: (value: TValue) => TWritten,
): Record<string, TWritten> {
  const names = [...map].sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(names.map(([name, value]) => [name, write(value)]))
}
