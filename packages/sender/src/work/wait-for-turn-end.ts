/**
 * Waits for the end of this turn of the event loop, so that its events are handled together: a hundred responses
 * that make room lead to one claim, not a hundred.
 */
export function waitForTurnEnd(): Promise<void> {
  // setImmediate is not on every runtime; a timer fires a little later
  const later = globalThis.setImmediate ?? globalThis.setTimeout
  return new Promise((resolve) => void later(resolve))
}
