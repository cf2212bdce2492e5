const BLOCK = 5

/**
 * Makes the responses of a receiver of which one in five fails, at a random place of each five: never so many in a row
 * that its endpoint is held, which takes a minute.
 */
export function failingScript<TSuccess>(
  length: number,
  success: TSuccess,
  random: () => number,
): (TSuccess | 500)[] {
  const script: (TSuccess | 500)[] = []
  while (script.length < length) {
    const block: (TSuccess | 500)[] = Array(BLOCK).fill(success)
    block[Math.floor(random() * BLOCK)] = 500
    script.push(...block)
  }
  return script
}
