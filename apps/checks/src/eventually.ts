import { setTimeout as delay } from 'node:timers/promises'

const INTERVAL = 20
const DEADLINE = 30_000

/**
 * Asks again and again until there is an answer.
 *
 * @example
 * const first = await eventually('a request arrives', () => sink.received[0])
 *
 * @throws {Error} naming what did not happen within 30 s; what `ask` throws is thrown at once
 */
export async function eventually<TAnswer>(
  what: string | (() => string),
  ask: () => TAnswer | undefined | Promise<TAnswer | undefined>,
): Promise<TAnswer> {
  const end = performance.now() + DEADLINE
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (performance.now() > end) {
      const name = typeof what === 'string' ? what : what()
      throw new Error(`not within ${DEADLINE / 1000} s: ${name}`)
    }
    await delay(INTERVAL)
  }
}
