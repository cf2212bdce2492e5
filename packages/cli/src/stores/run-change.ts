import { type Sender, SenderError } from '@ringback/sender'
import type { ChangeOptions } from '../commands/change-deliveries.ts'
import { filterOf, isFiltered } from '../commands/delivery-filter.ts'
import { refuseWithoutYes, withStore } from '../commands/store-options.ts'
import { CliError, EXIT } from '../errors.ts'
import { createProgress } from '../terminal/progress.ts'
import { print, printJson, remark } from '../terminal/write.ts'
import { idleSender } from './idle-sender.ts'

interface Changed {
  readonly id: string
  readonly ok: boolean
  /** The state afterwards, or why it was not changed. */
  readonly detail: string
}

/** A change of deliveries. */
export interface Change {
  readonly verb: 'redrive' | 'cancel'
  readonly needsYes: boolean
  run(sender: Sender, id: string): Promise<{ readonly id: string; readonly state: string }>
}

/** Changes the deliveries of some ids, or of a filter, and prints what became of each. */
export async function changeDeliveries(
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
