import type { DeliveryRecord } from '@ringback/sender/store'
import type { Command } from 'commander'
import { CliError, EXIT } from '../errors.ts'
import { table } from '../terminal/table.ts'
import { print, printJson, remark } from '../terminal/write.ts'
import { addFilterOptions, type FilterOptions, filterOf } from './delivery-filter.ts'
import { addOutputOptions, type OutputOptions, wantsJson } from './output-options.ts'
import { addStoreOptions, type StoreOptions, withStore } from './store-options.ts'

interface ListOptions extends StoreOptions, FilterOptions, OutputOptions {
  readonly cursor?: string
}

interface ShowOptions extends StoreOptions, OutputOptions {
  readonly payload?: true
}

/** Adds `deliveries` and `show`, which read a store. */
export function addDeliveriesCommands(program: Command): void {
  const list = program
    .command('deliveries')
    .summary('list the deliveries of a store')
    .description('Lists deliveries, newest first: a table on a terminal, JSON elsewhere.')
  addFilterOptions(addStoreOptions(list)).option(
    '--cursor <id>',
    'continue after the last delivery that was read',
  )
  addOutputOptions(list)
    .addHelpText(
      'after',
      `
Examples:
  $ ringback deliveries --store data/callbacks.db --state dead
  $ ringback deliveries --store "$DATABASE_URL" --owner acme --since 12h --json`,
    )
    .action(listDeliveries)

  const show = program
    .command('show')
    .summary('show one delivery with its attempts')
    .description(
      'Shows a delivery with each of its attempts. Its payload is printed only if you ask for it.',
    )
    .argument('<id>', 'the webhook-id')
  addStoreOptions(show).option('--payload', 'print the payload as well')
  addOutputOptions(show)
    .addHelpText('after', '\nExample:\n  $ ringback show msg_01J… --store data/callbacks.db')
    .action(showDelivery)
}

async function listDeliveries(options: ListOptions): Promise<void> {
  const cursor = options.cursor === undefined ? {} : { cursor: options.cursor }
  const records = await withStore(options, ({ store }) =>
    store.query({ ...filterOf(options), ...cursor }),
  )
  if (wantsJson(options)) {
    printJson(records)
    return
  }
  if (records.length === 0) {
    remark('There is no such delivery.')
    return
  }
  print(
    table(['id', 'state', 'callback', 'to', 'attempts', 'stored', 'detail'], records.map(rowOf)),
  )
  const last = records.at(-1)
  if (last && records.length === (options.limit ?? 100)) {
    remark(`There may be more: --cursor ${last.id} continues.`)
  }
}

function rowOf({
  id,
  state,
  reason,
  callback,
  endpoint,
  attemptCount,
  createdAt,
  detail,
}: DeliveryRecord) {
  const shown = reason === undefined ? state : `${state} (${reason})`
  return [
    id,
    shown,
    callback,
    endpoint ?? '',
    String(attemptCount),
    timeOf(createdAt),
    detail ?? '',
  ]
}

async function showDelivery(id: string, options: ShowOptions): Promise<void> {
  const { record, payload } = await withStore(options, async ({ store }) => {
    const [found] = await store.query({ id })
    const stored = found && options.payload ? await store.find(id) : undefined
    return { record: found, payload: stored && new TextDecoder().decode(stored.payload) }
  })
  if (record === undefined) {
    throw new CliError(
      `There is no delivery '${id}': it never existed, or has been erased. ringback deliveries lists them.`,
      {
        exitCode: EXIT.failed,
      },
    )
  }
  if (wantsJson(options)) {
    printJson({ ...record, ...(payload !== undefined && { payload }) })
    return
  }
  const { attempts, ...delivery } = record
  const times = new Set(['createdAt', 'dueAt', 'expiresAt'])
  const fields = Object.entries(delivery).map(([name, value]) => [
    name,
    times.has(name) ? timeOf(Number(value)) : String(value),
  ])
  print(table(['field', 'value'], fields))
  const rows = attempts.map(({ startedAt, duration, status, reason, detail }) => [
    timeOf(startedAt),
    `${Math.round(duration)} ms`,
    String(status ?? ''),
    reason ?? '',
    detail ?? '',
  ])
  if (rows.length > 0)
    print(`\n${table(['attempt at', 'took', 'status', 'failed', 'detail'], rows)}`)
  if (payload !== undefined) print(`\n${payload}`)
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
