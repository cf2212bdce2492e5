import { expect, it, onTestFinished } from 'vitest'
import { crashRounds } from './crash-rounds.ts'
import { crashingSender } from './crashing-sender.ts'

const TIMEOUT = 60_000

async function setUp(script: readonly number[] = [204]) {
  const sender = await crashingSender(script)
  onTestFinished(() => sender.end())
  return sender
}

it.each([
  // where it is killed, how many requests were received by then, and how many in all
  ['beforeEnqueue', 0, 0],
  ['afterEnqueue', 0, 1],
  ['beforeSend', 0, 1],
  ['afterResponse', 1, 2],
  ['beforeCommit', 1, 2],
  ['afterCommit', 1, 1],
])(
  'loses nothing when it is killed at %s',
  { timeout: TIMEOUT },
  async (crashAt, before, inAll) => {
    const sender = await setUp()
    const crashed = sender.start({ count: 1, crashAt })
    expect(await crashed.exit()).toEqual({ code: null, signal: 'SIGKILL' })
    expect(sender.requests).toHaveLength(before)

    expect(await sender.start().exit()).toEqual({ code: 0, signal: null })
    expect(sender.requests).toHaveLength(inAll)
    const records = await sender.verify()
    expect(records.map(({ state }) => state)).toEqual(inAll === 0 ? [] : ['delivered'])

    // every attempt has the same id and bytes, and a signature of its own time
    const [first, second] = sender.requests
    if (second !== undefined) {
      expect(second.headers['webhook-id']).toBe(first?.headers['webhook-id'])
      expect(second.body).toBe(first?.body)
      expect(second.headers['webhook-timestamp']).not.toBe(first?.headers['webhook-timestamp'])
    }
  },
)

it('loses nothing at random moments under load', { timeout: TIMEOUT }, async () => {
  const report = await crashRounds(8, Date.now() % 1_000_000)
  expect(report.stored).toBeGreaterThan(0)
})

it('shares the work of one file between two processes', { timeout: TIMEOUT }, async () => {
  const sender = await setUp([500, 500, 500, 204])
  const processes = [1, 2].map(() => sender.start({ count: 300, ahead: 0 }))
  for (const one of processes) expect(await one.exit()).toEqual({ code: 0, signal: null })
  const records = await sender.verify()
  expect(records).toHaveLength(600)
  // one request for each delivery, and one more for each that failed
  expect(sender.requests).toHaveLength(603)
  expect(records.flatMap(({ attempts }) => attempts)).toHaveLength(603)
})
