/** The middle of some values, and where the middle half of them begins and ends. */
export interface Spread {
  readonly median: number
  readonly low: number
  readonly high: number
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((left, right) => left - right)
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN
  return { median: at(0.5), low: at(0.25), high: at(0.75) }
}

/** How many times the cost of one contender another has, round by round: what the machine does meanwhile cancels out. */
export function ratioOf(
  rounds: readonly ReadonlyMap<string, number>[],
  name: string,
  base: string,
): Spread {
  return spread(rounds.map((costs) => costOf(costs, name) / costOf(costs, base)))
}

function costOf(costs: ReadonlyMap<string, number>, name: string): number {
  return costs.get(name) ?? Number.NaN
}

/** Whether a peer is installed. */
export function isInstalled(name: string): boolean {
  const { existsSync } = process.getBuiltinModule('node:fs')
  return existsSync(new URL(`peers/node_modules/${name}`, import.meta.url))
}
