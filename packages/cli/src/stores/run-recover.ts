import type { Sender } from '@ringback/sender'
import type { DeliveryFilter, DeliveryStore } from '@ringback/sender/store'
import type { RecoverOptions } from '../commands/recover.ts'
import { refuseWithoutYes, withStore } from '../commands/store-options.ts'
import { CliError, EXIT } from '../errors.ts'
import { createProgress } from '../terminal/progress.ts'
import { print, printJson } from '../terminal/write.ts'
import { idleSender } from './idle-sender.ts'

const PAGE = 1000

/** Redrives what died at an endpoint, or says how much that is. */
export async function recoverEndpoint(endpoint: string, options: RecoverOptions): Promise<void> {
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
