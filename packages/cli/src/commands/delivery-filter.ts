import type { DeliveryFilter } from '@ringback/sender/store'
import { type Command, Option } from 'commander'
import { parseCount } from './parse-arguments.ts'
import { parseTime } from './store-options.ts'

const STATES = [
  'scheduled',
  'sending',
  'delivered',
  'dead',
  'cancelled',
  'parked',
  'skipped',
  'unresolvable',
] as const

/** Options that select deliveries. */
export interface FilterOptions {
  readonly state?: (typeof STATES)[number]
  readonly owner?: string
  readonly callback?: string
  readonly operation?: string
  readonly endpoint?: string
  readonly since?: number
  readonly until?: number
  readonly limit?: number
}

/** Adds the options that select deliveries. */
export function addFilterOptions(command: Command): Command {
  return command
    .addOption(new Option('--state <state>', 'those in a state').choices(STATES))
    .option('--owner <owner>', 'those of an owner')
    .option('--callback <name>', 'those of a callback')
    .option('--operation <id>', 'those of an operation')
    .option(
      '--endpoint <endpoint>',
      'those to an origin, such as https://api.example.com, or to the id of a registered endpoint',
    )
    .option('--since <time>', 'those stored since a date, or a time ago such as 12h', parseTime)
    .option('--until <time>', 'those stored before', parseTime)
    .option('--limit <count>', 'how many at most, newest first', parseCount, 100)
}

/** The filter that options give; absent ones select nothing. */
export function filterOf({ operation, ...options }: FilterOptions): DeliveryFilter {
  const { state, owner, callback, endpoint, since, until, limit } = options
  const given = { state, owner, callback, operationId: operation, endpoint, since, until, limit }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

/** Whether options select anything, apart from how many. */
export function isFiltered(options: FilterOptions): boolean {
  const { limit: _limit, ...filter } = filterOf(options)
  return Object.keys(filter).length > 0
}
