import type { DeadReason } from '@ringback/sender'
import { type Command, Option } from 'commander'
import { addStoreOptions, parseTime, type StoreOptions } from './store-options.ts'

const REASONS = ['blocked', 'gone', 'rejected', 'exhausted', 'expired', 'internal'] as const

/** The options of the command. */
export interface RecoverOptions extends StoreOptions {
  readonly since: number
  readonly until?: number
  readonly reason?: DeadReason
  readonly yes?: true
  readonly json?: true
}

/** Adds `recover`, which sends an endpoint of webhooks again what died while it was away. */
export function addRecoverCommand(program: Command): void {
  const command = program
    .command('recover')
    .summary('send again what died while an endpoint was away')
    .description(
      'Redrives the dead deliveries of a registered endpoint that were published in a time, oldest first. The sender of the app sends them. Needs --yes.',
    )
    .argument('<endpoint>', 'the id of the endpoint, ep_…')
    .requiredOption(
      '--since <time>',
      'those published since a date, or a time ago such as 12h',
      parseTime,
    )
  addStoreOptions(command)
    .option('--until <time>', 'those published before', parseTime)
    .addOption(
      new Option('--reason <reason>', 'those alone that are dead for a reason').choices(REASONS),
    )
    .option('--yes', 'do it')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ ringback recover ep_01J… --since 12h --store "$DATABASE_URL"
  $ ringback recover ep_01J… --since 2026-01-31 --reason exhausted --store data/callbacks.db --yes

For callbacks, whose endpoint is an origin: ringback redrive --state dead --endpoint https://api.example.com --yes`,
    )
    .action(async (endpoint: string, options: RecoverOptions) => {
      const { recoverEndpoint } = await import('../stores/run-recover.ts')
      await recoverEndpoint(endpoint, options)
    })
}
