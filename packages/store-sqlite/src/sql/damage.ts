// Values that only another program can have written. None of them may hold up the rows of others.

/** The latest time that a Date can hold. */
export const LATEST_TIME = 8_640_000_000_000_000

const isTime = (column: string) => `${column} BETWEEN 0 AND ${LATEST_TIME}`

/** Selects live rows that no version has written: they may never be sent, and never end. */
export const IS_DAMAGED = `(
  d.state NOT IN ('scheduled', 'sending') OR d.due_at NOT BETWEEN 0 AND ${LATEST_TIME}
  OR NOT coalesce(${isTime('d.expires_at')}, TRUE)
  OR NOT coalesce(${isTime('d.lease_ends_at')}, d.state <> 'sending'))`

/** The next lease of a live row; an integer that cannot be counted on begins again. */
export const NEXT_LEASE = `iif(lease BETWEEN 0 AND ${Number.MAX_SAFE_INTEGER - 1}, lease, 0) + 1`

/** Gives a column plus a placeholder, from 0 up to what a number holds exactly. */
export function addTo(column: string): string {
  return `CAST(max(0, min(${column} + ?, ${Number.MAX_SAFE_INTEGER})) AS INTEGER)`
}

/** Reads a time; `undefined` without one, and for what is none. */
export function readTime(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= LATEST_TIME ? value : undefined
}
