import { setTimeout as delay } from 'node:timers/promises'
import { crashingSender } from './crashing-sender.ts'
import { createRandom } from './create-random.ts'
import { eventually } from './eventually.ts'
import { failingScript } from './failing-script.ts'

/** The result of a run of crashes. */
export interface CrashReport {
  readonly crashes: number
  readonly stored: number
  readonly requests: number
  /** Requests after a 2xx for the same delivery, since it is sent at least once, not exactly once. */
  readonly repeated: number
  /** Deliveries that three processes in turn had when they were killed: dead, and sent again by hand. */
  readonly redriven?: number
}

const LOAD = 200
const LONGEST = 20

/**
 * Kills senders under load at random moments, lets the last one finish, and verifies that nothing was lost. The same
 * seed gives the same progress before each kill.
 *
 * @throws {Error} naming what was lost
 */
export async function crashRounds(crashes: number, seed: number): Promise<CrashReport> {
  const random = createRandom(seed)
  const sender = await crashingSender(failingScript(50_000, 204, random))
  try {
    for (let n = 0; n < crashes; n += 1) {
      const child = sender.start({ count: LOAD })
      await child.line(/^started$/)
      // so far, however busy the machine is
      const due = Math.floor(random() * LOAD)
      const countStored = () => child.lines.filter((line) => line.startsWith('stored ')).length
      await eventually(`${due} are stored`, () => (countStored() < due ? undefined : true))
      await delay(random() * LONGEST)
      child.signalGroup('SIGKILL')
      await child.exit()
    }
    const last = sender.start({ count: 1 })
    await last.line(/^done$/)
    const records = await sender.verify()
    const stored = sender.stored.size
    const requests = sender.requests.length
    const failed = records
      .flatMap(({ attempts }) => attempts)
      .filter(({ status }) => status === 500)
    return { crashes, stored, requests, repeated: requests - records.length - failed.length }
  } finally {
    await sender.end()
  }
}
