/**
 * Waits for the end of this turn of the event loop, so that what happens in it is dealt with together: what a
 * hundred answers make room for is one claim, and not a hundred.
 */
export function waitForTurnEnd(): Promise<void> {
  // not on every runtime; a timer comes a little later
  const later = globalThis.setImmediate ?? globalThis.setTimeout
  return new Promise((resolve) => void later(resolve))
}
