import { setTimeout as delay } from 'node:timers/promises'
import type { DeliveryRecord } from '@ringback/sender'
import { type LoopbackReceiver, startReceiver } from '@ringback/testkit/node'
import { type DurableScene, durableScene } from './durable-scene.ts'
import { eventually } from './eventually.ts'
import { failingScript } from './failing-script.ts'

/** The result of killing workerd at random. */
export interface DurableCrashReport {
  readonly crashes: number
  readonly stored: number
  readonly requests: number
}

const OWNERS = ['a', 'bob', 'c', 'cleo']
const LONGEST = 500
// of each owner after each start, so that what is left to send stays little on any machine
const LOAD = 100
// it is killed so many orders after its start, and a random time: a slow disk takes a second for one
const MOST_STORED = 20
// what was being sent at three deaths in a row is given up on
const MOST_DEATHS = 2
const OK = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"ok":true}' }

/**
 * Kills workerd under load at random moments, lets it finish after every second kill, and verifies that what was stored
 * is delivered, and that nothing is delivered without a 2xx.
 *
 * @throws {Error} naming what was lost
 */
export async function durableCrashes(
  crashes: number,
  random: () => number,
): Promise<DurableCrashReport> {
  const script = failingScript(2 * LOAD * crashes, OK, random)
  // an endpoint of each owner's own, so that no more of its responses fail
  const receivers = await Promise.all(OWNERS.map(() => startReceiver(script)))
  const scene = await durableScene({ shards: 2, schedule: Array(12).fill(300) })
  const stored = new Set<string>()
  try {
    for (let n = 0; n < crashes; n += 1) {
      await scene.start()
      if (n % MOST_DEATHS === 0) await scene.ended()
      const before = stored.size
      const enough = Math.ceil(random() * MOST_STORED)
      const run = { isKilled: false, stored }
      const load = Promise.all(
        OWNERS.map((owner, index) => postAll(scene, receivers[index]?.url ?? '', { owner, run })),
      )
      const begun = eventually(
        () => `${enough} orders are stored, beside ${stored.size - before}`,
        () => stored.size - before >= enough || undefined,
      )
      await Promise.race([begun, load])
      await delay(random() * LONGEST)
      run.isKilled = true
      await scene.kill()
      await load
    }
    await scene.start()
    verify(await scene.ended(), stored, acceptedBy(receivers, script))
    const requests = receivers.reduce((sum, receiver) => sum + receiver.requests.length, 0)
    return { crashes, stored: stored.size, requests }
  } finally {
    await scene.end()
    for (const receiver of receivers) await receiver.close()
  }
}

/** The ids that were responded to with a 2xx. */
function acceptedBy(
  receivers: readonly LoopbackReceiver[],
  script: readonly unknown[],
): ReadonlySet<string> {
  const accepted = receivers.flatMap(({ requests }) =>
    requests.filter((_, index) => script[index] === OK),
  )
  return new Set(accepted.map(({ headers }) => headers['webhook-id'] ?? ''))
}

function verify(
  records: readonly DeliveryRecord[],
  stored: ReadonlySet<string>,
  accepted: ReadonlySet<string>,
): void {
  const byId = new Map(records.map((record) => [record.id, record]))
  for (const id of stored) {
    const record = byId.get(id)
    if (record?.state === 'delivered') continue
    throw new Error(`${id} was stored and is not delivered: ${JSON.stringify(record)}`)
  }
  for (const { id, state } of records) {
    if (state !== 'delivered' || accepted.has(id)) continue
    throw new Error(`${id} is delivered, and no request of it was responded to with 2xx`)
  }
}

/** The time from a start of workerd to its death. */
interface Run {
  isKilled: boolean
  /** The ids that a response has promised. */
  readonly stored: Set<string>
}

/** Posts orders, one after the other, until workerd is killed; each must be stored before that. */
async function postAll(
  scene: DurableScene,
  url: string,
  { owner, run }: { readonly owner: string; readonly run: Run },
): Promise<void> {
  for (let n = 0; n < LOAD && !run.isKilled; n += 1) {
    try {
      const { status, body } = await scene.post(url, { owner })
      if (status === 200 && body.id !== undefined) run.stored.add(body.id)
      else throw new Error(`an order was responded to with ${status} ${JSON.stringify(body)}`)
    } catch (error) {
      // the connection is broken then
      if (!run.isKilled) throw error
    }
  }
}
