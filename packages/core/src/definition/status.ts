/** A key for several statuses: a range, or `default` for all that are not declared otherwise. */
export type StatusRange = '2XX' | '3XX' | '4XX' | '5XX' | 'default'

/** A status or range that a response is declared for. */
export type DeclaredStatus = number | StatusRange

/** The declared response of a status: its own, that of its range, or the default. */
export function declaredFor<TResponse>(
  responses: Readonly<Record<string, TResponse>>,
  status: number,
): TResponse | undefined {
  return responses[status] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses.default
}

// past this index, V8 stores the elements of an object sparsely
const FAR = 99_999

/** An empty object for statuses as keys: with a 404, a plain one would take 5 KB for 600 elements. */
export function byStatus<TValue>(): Record<string, TValue> {
  const empty: Record<string, TValue | undefined> = { [FAR]: undefined }
  Reflect.deleteProperty(empty, FAR)
  // its one member is deleted
  return empty as Record<string, TValue>
}
