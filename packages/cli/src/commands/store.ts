import type { Command } from 'commander'
import { CliError } from '../errors.ts'
import { createProgress } from '../terminal/progress.ts'
import { print, printJson, remark } from '../terminal/write.ts'
import {
  addStoreOptions,
  parseTime,
  refuseWithoutYes,
  type StoreOptions,
  withStore,
} from './store-options.ts'

interface PurgeOptions extends StoreOptions {
  readonly before?: number
  readonly owner?: string
  readonly yes?: true
  readonly json?: true
}

/** Adds `purge` and `migrate`, which keep a store in order. */
export function addStoreCommands(program: Command): void {
  const purge = program
    .command('purge')
    .summary('erase deliveries that are over, and kept requests')
    .description(
      'Erases final deliveries with their payloads and attempts, and kept exchanges: those from before a time, of an owner, or both. Deliveries still to be sent stay. Needs --yes.',
    )
  addStoreOptions(purge)
    .option(
      '--before <time>',
      'those that ended before a date, or a time ago such as 30d',
      parseTime,
    )
    .option('--owner <owner>', 'those of an owner')
    .option('--yes', 'do it')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ ringback purge --store data/callbacks.db --before 30d --yes',
    )
    .action(purgeStore)

  const migrate = program
    .command('migrate')
    .summary('create the tables of a store, or bring them to this version')
    .description(
      'Creates the tables of a store, or brings them to this version, before the app that needs them starts. The app does the same at its first use.',
    )
  addStoreOptions(migrate)
    .option('--sql', 'print the SQL for PostgreSQL instead of running it')
    .addHelpText(
      'after',
      `
Examples:
  $ ringback migrate --store "$DATABASE_URL"
  $ ringback migrate --store "$DATABASE_URL" --sql > ringback.sql`,
    )
    .action(migrateStore)
}

async function purgeStore(options: PurgeOptions): Promise<void> {
  const { before, owner, yes, json } = options
  if (before === undefined && owner === undefined) {
    throw new CliError('Nothing says what to erase: give --before 30d, --owner, or both.')
  }
  if (!yes) {
    const age = before === undefined ? '' : ` that ended before ${new Date(before).toISOString()}`
    refuseWithoutYes(`erase the deliveries${owner === undefined ? '' : ` of '${owner}'`}${age}`)
    return
  }
  const whose = owner === undefined ? {} : { owner }
  const erased = await withStore(options, async ({ store }) => ({
    deliveries: await repeat('deliveries', () =>
      store.erase({ ...whose, ...(before !== undefined && { endedBefore: before }) }),
    ),
    exchanges: await repeat('exchanges', () =>
      store.eraseExchanges({ ...whose, ...(before !== undefined && { keptBefore: before }) }),
    ),
  }))
  if (json) printJson(erased)
  else print(`Erased ${erased.deliveries} deliveries and ${erased.exchanges} exchanges.`)
}

/** Erases batch after batch, and shows how far it is on a terminal. */
async function repeat(noun: string, eraseBatch: () => Promise<number>): Promise<number> {
  const progress = createProgress()
  for (let total = 0; ; ) {
    const erased = await eraseBatch()
    total += erased
    progress.show(`erased ${total} ${noun}`)
    if (erased > 0) continue
    progress.end()
    return total
  }
}

async function migrateStore(options: StoreOptions & { readonly sql?: true }): Promise<void> {
  const isPostgres = /^postgres(?:ql)?:/.test(options.store)
  if (options.sql) {
    if (!isPostgres) throw new CliError('--sql is for PostgreSQL: leave it out for an SQLite file.')
    const { postgresSchema } = await import('@ringback/store-postgres')
    print(postgresSchema(options.schema === undefined ? {} : { schema: options.schema }))
    return
  }
  await withStore(options, ({ migrate }) => migrate(), true)
  remark('The tables are those of this version.')
}
