/** Repeatable choices from a 32-bit seed, by mulberry32. */
export interface Random {
  /** A whole number from 0, below the limit. */
  readonly below: (limit: number) => number
  readonly pick: <T>(choices: readonly T[]) => T
}

/**
 * Makes the random numbers of one seed.
 *
 * @example
 * const random = randomOf(7)
 * random.pick(['a', 'b', 'c'])
 */
export function randomOf(seed: number): Random {
  let state = seed
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
  return {
    below,
    // the index is in range, if there is anything to pick from
    pick: <T>(choices: readonly T[]) => choices[below(choices.length)] as T,
  }
}
