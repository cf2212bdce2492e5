import { setTimeout as delay } from 'node:timers/promises'

const INTERVAL = 20
const DEADLINE = 30_000

/**
 * Calls a function repeatedly until its result is not `undefined`.
 *
 * @example
 * const first = await eventually('a request arrives', () => sink.received[0])
 *
 * @throws {Error} naming what did not happen within 30 s; an error of `look` is thrown at once
 */
export async function eventually<TResult>(
  what: string | (() => string),
  look: () => TResult | undefined | Promise<TResult | undefined>,
): Promise<TResult> {
  const end = performance.now() + DEADLINE
  for (;;) {
    const result = await look()
    if (result !== undefined) return result
    if (performance.now() > end) {
      const name = typeof what === 'string' ? what : what()
      throw new Error(`did not happen within ${DEADLINE / 1000} s: ${name}`)
    }
    await delay(INTERVAL)
  }
}
