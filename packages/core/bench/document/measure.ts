/** What one document cost. */
export interface Cost {
  /** Of CPU, the collector's threads included: the machine is shared. */
  readonly milliseconds: number
  /** The most memory that the process had, in megabytes. */
  readonly megabytes: number
  /** How much of it came with the document. */
  readonly grown: number
  /** Length of the document, as JSON. */
  readonly characters: number
}

/** How many operations this process is asked for. */
export function countAsked(): number {
  return Number(process.argv[2])
}

/** Makes this the process of a contender: it builds one document, cold, and tells what that cost. */
export async function tellCost(build: () => unknown): Promise<void> {
  const before = process.memoryUsage.rss()
  const start = process.cpuUsage()
  const document = await build()
  const { user, system } = process.cpuUsage(start)
  const peak = process.resourceUsage().maxRSS * 1024
  const cost: Cost = {
    milliseconds: (user + system) / 1_000,
    megabytes: peak / 2 ** 20,
    grown: (peak - before) / 2 ** 20,
    characters: JSON.stringify(document).length,
  }
  process.send?.(cost)
}
