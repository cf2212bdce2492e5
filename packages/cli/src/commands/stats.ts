import { type Command, Option } from 'commander'
import { addOutputOptions, type OutputOptions } from './output-options.ts'
import { addStoreOptions, parseTime, type StoreOptions } from './store-options.ts'

/** The options of the command. */
export interface StatsOptions extends StoreOptions, OutputOptions {
  readonly since: number
  readonly owner?: string
  readonly callback?: string
  readonly endpoint?: string
}

/** Adds `stats`, which tells how it went since a time. */
export function addStatsCommand(program: Command): void {
  const command = program
    .command('stats')
    .summary('tell how many deliveries there are, how well they go, and how fast')
    .description(
      'Tells how many deliveries wait, were delivered or died since a time, how their attempts ended, and how long they took: over all processes on the store.',
    )
  const since = new Option('--since <time>', 'since a date, or a time ago such as 12h')
    .argParser(parseTime)
    .default(parseTime('24h'), '24h')
  addStoreOptions(command)
    .addOption(since)
    .option('--owner <owner>', 'those of an owner')
    .option('--callback <name>', 'those of a callback')
    .option('--endpoint <endpoint>', 'those to an origin, or to the id of a registered endpoint')
  addOutputOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  $ ringback stats --store data/callbacks.db
  $ ringback stats --store "$DATABASE_URL" --callback paid --since 1h --json`,
    )
    .action(async (options: StatsOptions) => {
      const { showStats } = await import('../stores/run-stats.ts')
      await showStats(options)
    })
}
