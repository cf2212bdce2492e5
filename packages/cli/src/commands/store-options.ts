import { type Command, InvalidArgumentError, Option } from 'commander'
import { EXIT } from '../errors.ts'
import { type OpenStore, openStore } from '../stores/open-store.ts'
import { remark } from '../terminal/write.ts'

/** Options of every command on a store. */
export interface StoreOptions {
  readonly store: string
  readonly schema?: string
}

/** Adds the options of a command on a store. */
export function addStoreOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--store <store>', 'an SQLite file, or a URL of PostgreSQL')
        .env('RINGBACK_STORE')
        .makeOptionMandatory(),
    )
    .option('--schema <name>', 'the schema of PostgreSQL; ringback by default')
}

/** Opens the store for some work, and closes it. */
export async function withStore<TResult>(
  { store: place, schema }: StoreOptions,
  work: (opened: OpenStore) => Promise<TResult>,
  isNew = false,
): Promise<TResult> {
  const opened = await openStore(place, { schema, isNew })
  try {
    return await work(opened)
  } finally {
    await opened.close()
  }
}

/** Says what would be done, and that it was not. */
export function refuseWithoutYes(what: string): void {
  remark(`This would ${what}. Nothing was changed: add --yes to do it.`)
  process.exitCode = EXIT.trouble
}

/** Reads a time as milliseconds since 1970: a date, or a time ago such as 30d, 12h, 15m. */
export function parseTime(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([dhm])$/.exec(text) ?? []
  if (count !== undefined) {
    const units: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000 }
    return Date.now() - Number(count) * (units[unit] ?? 0)
  }
  const time = Date.parse(text)
  if (Number.isFinite(time)) return time
  throw new InvalidArgumentError(
    'Give a date such as 2026-01-31, or a time ago such as 30d, 12h or 15m.',
  )
}
