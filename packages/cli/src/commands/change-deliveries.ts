import { type Sender, SenderError } from '@ringback/sender'
import type { Command } from 'commander'
import { CliError, EXIT } from '../errors.ts'
import { idleSender } from '../stores/idle-sender.ts'
import { createProgress } from '../terminal/progress.ts'
import { print, printJson, remark } from '../terminal/write.ts'
import { addFilterOptions, type FilterOptions, filterOf, isFiltered } from './delivery-filter.ts'
import { addStoreOptions, refuseWithoutYes, type StoreOptions, withStore } from './store-options.ts'

interface ChangeOptions extends StoreOptions, FilterOptions {
  readonly yes?: true
  readonly json?: true
}

interface Changed {
  readonly id: string
  readonly ok: boolean
  /** The state afterwards, or why it was not changed. */
  readonly detail: string
}

/** Adds `redrive` and `cancel`, which change deliveries; the senders of the store do the rest. */
export function addChangeCommands(program: Command): void {
  const redrive = program
    .command('redrive')
    .summary('send deliveries again')
    .description(
      'Sends deliveries again: dead ones with the same webhook-id and a new schedule, delivered ones as new deliveries. The sender of the app sends them. Those of a filter need --yes.',
    )
    .argument('[ids...]', 'the webhook-ids; or select deliveries by options')
  addFilterOptions(addStoreOptions(redrive))
    .option('--yes', 'do it for all that the options select')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ ringback redrive msg_01J… --store data/callbacks.db
  $ ringback redrive --state dead --endpoint https://api.example.com --store data/callbacks.db --yes`,
    )
    .action((ids: readonly string[], options: ChangeOptions) =>
      change(ids, options, {
        verb: 'redrive',
        needsYes: ids.length === 0,
        run: (sender, id) => sender.redrive(id),
      }),
    )

  const cancel = program
    .command('cancel')
    .summary('cancel deliveries that are not sent yet')
    .description('Cancels deliveries that are not final. Needs --yes.')
    .argument('[ids...]', 'the webhook-ids; or select deliveries by options')
  addFilterOptions(addStoreOptions(cancel))
    .option('--yes', 'do it')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ ringback cancel msg_01J… --store data/callbacks.db --yes',
    )
    .action((ids: readonly string[], options: ChangeOptions) =>
      change(ids, options, {
        verb: 'cancel',
        needsYes: true,
        run: (sender, id) => sender.cancel(id),
      }),
    )
}

interface Change {
  readonly verb: 'redrive' | 'cancel'
  readonly needsYes: boolean
  run(sender: Sender, id: string): Promise<{ readonly id: string; readonly state: string }>
}

async function change(
  given: readonly string[],
  options: ChangeOptions,
  { verb, needsYes, run }: Change,
): Promise<void> {
  if (given.length === 0 && !isFiltered(options)) {
    throw new CliError(
      `Nothing says what to ${verb}: give ids, or select deliveries, such as with --state.`,
    )
  }
  if (given.length > 0 && isFiltered(options)) {
    throw new CliError(`Give ids, or options that select deliveries to ${verb}, not both.`)
  }
  await withStore(options, async ({ store }) => {
    const ids =
      given.length > 0 ? given : (await store.query(filterOf(options))).map(({ id }) => id)
    if (needsYes && !options.yes) {
      refuseWithoutYes(`${verb} ${ids.length} ${ids.length === 1 ? 'delivery' : 'deliveries'}`)
      return
    }
    const sender = idleSender(store)
    const progress = createProgress()
    const changed: Changed[] = []
    for (const id of ids) {
      changed.push(await changeOne(id, () => run(sender, id)))
      if (ids.length > 1) progress.show(`${changed.length} of ${ids.length}`)
    }
    progress.end()
    report(changed, options)
  })
}

async function changeOne(
  id: string,
  run: () => Promise<{ readonly id: string; readonly state: string }>,
): Promise<Changed> {
  try {
    const after = await run()
    const again = after.id === id ? '' : ` as ${after.id}`
    return { id, ok: true, detail: `${after.state}${again}` }
  } catch (error) {
    if (error instanceof SenderError) return { id, ok: false, detail: error.message }
    throw error
  }
}

function report(changed: readonly Changed[], { json }: ChangeOptions): void {
  if (json) printJson(changed)
  else for (const { id, detail } of changed) print(`${id}: ${detail}`)
  const failed = changed.filter(({ ok }) => !ok).length
  if (failed === 0) return
  remark(`${failed} of ${changed.length} could not be changed.`)
  process.exitCode = EXIT.failed
}
