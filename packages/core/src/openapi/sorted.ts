/** An object of a map's values, sorted by name: the order of operations must not change the document. */
export function sorted<TValue, TWritten>(
  map: ReadonlyMap<string, TValue>,
  write: (value: TValue) => TWritten,
): Record<string, TWritten> {
  const names = [...map].sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(names.map(([name, value]) => [name, write(value)]))
}
