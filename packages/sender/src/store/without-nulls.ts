/** Builds an object from its members as a row has them: a column without a value is an absent member. */
export function withoutNulls<TObject extends object>(
  members: Readonly<Record<keyof TObject, unknown>>,
): TObject {
  const present: Partial<Record<keyof TObject, unknown>> = {}
  for (const name in members) {
    const value = members[name]
    if (value !== null && value !== undefined) present[name] = value
  }
  // the columns were written from a TObject
  return present as TObject
}
