import { setTimeout as delay } from 'node:timers/promises'
import { startReceiver } from '@ringback/testkit/node'
import { type DurableScene, durableScene } from './durable-scene.ts'

/** The result of killing workerd at random. */
export interface DurableCrashReport {
  readonly crashes: number
  readonly stored: number
  readonly requests: number
  /** Given up on, since the object was killed three times in a row while it sent them. */
  readonly lost: number
}

const OWNERS = ['a', 'bob', 'c', 'cleo']
const LONGEST = 800
const OK = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"ok":true}' }

/**
 * Kills workerd under load at random moments, lets the last one finish, and verifies that what was stored is delivered,
 * and that nothing is delivered without a 2xx.
 *
 * @throws {Error} naming what was lost
 */
export async function durableCrashes(
  crashes: number,
  random: () => number,
): Promise<DurableCrashReport> {
  // every fifth response is a failure
  const script = Array.from({ length: 20_000 }, () => (random() < 0.2 ? 500 : OK))
  const receiver = await startReceiver(script)
  const scene = await durableScene({ shards: 2, schedule: Array(12).fill(300) })
  const stored = new Set<string>()
  try {
    for (let n = 0; n < crashes; n += 1) {
      await scene.start()
      const load = Promise.all(
        OWNERS.map((owner) => postAll(scene, receiver.url, { owner, stored })),
      )
      await delay(random() * LONGEST)
      await scene.kill()
      await load
    }
    await scene.start()
    const records = await scene.ended()
    const accepted = new Set<string>()
    for (const [index, { headers }] of receiver.requests.entries()) {
      if (script[index] === OK) accepted.add(headers['webhook-id'] ?? '')
    }
    const byId = new Map(records.map((record) => [record.id, record]))
    let lost = 0
    for (const id of stored) {
      const record = byId.get(id)
      if (record?.state === 'dead' && record.reason === 'internal') lost += 1
      else if (record?.state !== 'delivered') {
        throw new Error(`${id} was stored and is not delivered: ${JSON.stringify(record)}`)
      }
    }
    for (const { id, state } of records) {
      if (state !== 'delivered' || accepted.has(id)) continue
      throw new Error(`${id} is delivered, and no request of it was responded to with 2xx`)
    }
    return { crashes, stored: stored.size, requests: receiver.requests.length, lost }
  } finally {
    await scene.end()
    await receiver.close()
  }
}

interface Posting {
  readonly owner: string
  /** The ids that a response has promised. */
  readonly stored: Set<string>
}

/** Posts orders until workerd is gone. */
async function postAll(
  scene: DurableScene,
  url: string,
  { owner, stored }: Posting,
): Promise<void> {
  try {
    for (;;) {
      const { status, body } = await scene.post(url, { owner })
      if (status === 200 && body.id !== undefined) stored.add(body.id)
    }
  } catch {
    // the connection is broken
  }
}
