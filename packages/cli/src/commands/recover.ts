import type { DeadReason, Sender } from '@ringback/sender'
import type { DeliveryFilter, DeliveryStore } from '@ringback/sender/store'
import { type Command, Option } from 'commander'
import { CliError, EXIT } from '../errors.ts'
import { idleSender } from '../stores/idle-sender.ts'
import { createProgress } from '../terminal/progress.ts'
import { print, printJson } from '../terminal/write.ts'
import {
  addStoreOptions,
  parseTime,
  refuseWithoutYes,
  type StoreOptions,
  withStore,
} from './store-options.ts'

const REASONS = ['blocked', 'gone', 'rejected', 'exhausted', 'expired', 'internal'] as const
const PAGE = 1000

interface RecoverOptions extends StoreOptions {
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
    .action(recoverEndpoint)
}

async function recoverEndpoint(endpoint: string, options: RecoverOptions): Promise<void> {
  const { since, until, reason, yes, json } = options
  const which = {
    ...{ endpoint, since },
    ...(until !== undefined && { until }),
    ...(reason !== undefined && { reason }),
  }
  await withStore(options, async ({ store }) => {
    await requireEndpoint(store, endpoint)
    if (!yes) {
      const count = await countOf(store, { ...which, state: 'dead' })
      refuseWithoutYes(`redrive ${count} ${count === 1 ? 'delivery' : 'deliveries'}`)
      return
    }
    const recovered = await recoverWithProgress(idleSender(store), which)
    if (json) printJson({ endpoint, recovered })
    else print(`${endpoint}: ${recovered} scheduled`)
  })
}

async function requireEndpoint({ endpoints }: DeliveryStore, id: string): Promise<void> {
  if ((await endpoints.find(id)) !== undefined) return
  throw new CliError(
    `There is no registered endpoint '${id}': give its id, ep_…, as sender.endpoints.list() has it. For an origin: ringback redrive --state dead --endpoint ${/^https?:/.test(id) ? id : 'https://api.example.com'}`,
    { exitCode: EXIT.failed },
  )
}

async function countOf(store: DeliveryStore, filter: DeliveryFilter): Promise<number> {
  let count = 0
  for (let cursor: string | undefined; ; ) {
    const page = await store.query({ ...filter, limit: PAGE, ...(cursor && { cursor }) })
    count += page.length
    cursor = page.at(-1)?.id
    if (page.length < PAGE) return count
  }
}

async function recoverWithProgress(
  sender: Sender,
  which: Parameters<Sender['recover']>[0],
): Promise<number> {
  const progress = createProgress()
  let count = 0
  const unsubscribe = sender.on(() => {
    count += 1
    progress.show(`redriven ${count}`)
  })
  try {
    return await sender.recover(which)
  } finally {
    unsubscribe()
    progress.end()
  }
}
