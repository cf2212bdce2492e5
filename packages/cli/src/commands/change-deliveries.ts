import type { Command } from 'commander'
import type { changeDeliveries } from '../stores/run-change.ts'
import { addFilterOptions, type FilterOptions } from './delivery-filter.ts'
import { addStoreOptions, type StoreOptions } from './store-options.ts'

/** The options of both commands. */
export interface ChangeOptions extends StoreOptions, FilterOptions {
  readonly yes?: true
  readonly json?: true
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

async function change(...given: Parameters<typeof changeDeliveries>): Promise<void> {
  const { changeDeliveries } = await import('../stores/run-change.ts')
  await changeDeliveries(...given)
}
