/** The answers that stand for several statuses: a range, or whatever is not declared otherwise. */
export type StatusRange = '1XX' | '2XX' | '3XX' | '4XX' | '5XX' | 'default'

/** What a response is declared for. */
export type DeclaredStatus = number | StatusRange

/** The declared answer that a status falls under: its own, its range, or the default. */
export function declaredFor<TResponse>(
  responses: Readonly<Record<string, TResponse>>,
  status: number,
): TResponse | undefined {
  return responses[status] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses.default
}

// past this, V8 keeps the numbers that an object has and no places for those that it has not
const FAR = 99_999

/** An empty object whose keys are to be statuses: a plain one would hold 600 places for a 404, 5 KB of them. */
export function byStatus<TValue>(): Record<string, TValue> {
  const empty: Record<string, TValue | undefined> = { [FAR]: undefined }
  Reflect.deleteProperty(empty, FAR)
  return empty as Record<string, TValue>
}
