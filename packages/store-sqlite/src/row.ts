import type { SQLOutputValue } from 'node:sqlite'

/** A row as node:sqlite returns it. */
export type Row = Readonly<Record<string, SQLOutputValue>>

/** Builds an object from its members as a row has them: a column without a value is an absent member. */
export function withoutNulls<TObject extends object>(
  members: Readonly<Record<keyof TObject, unknown>>,
): TObject {
  const present: Partial<Record<keyof TObject, unknown>> = {}
  for (const name in members) if (members[name] !== null) present[name] = members[name]
  // the columns were written from a TObject
  return present as TObject
}
