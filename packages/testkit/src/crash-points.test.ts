import { memoryStore, type StoredDelivery } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { expect, it, onTestFinished } from 'vitest'
import { type CrashPoint, withCrashPoints } from './crash-points.ts'
import { delivery } from './node/contract/scene.ts'
import { startReceiver } from './node/start-receiver.ts'

async function setUp(at: (point: CrashPoint) => void) {
  const receiver = await startReceiver()
  const transport = guardedFetch({ policy: { allowHttp: true, allow: ['127.0.0.1'] } })
  onTestFinished(async () => {
    await receiver.close()
    await transport.close()
  })
  const store = memoryStore({ clock: { now: () => 1000 } })
  return { receiver, store, transport, parts: withCrashPoints({ store, fetch: transport, at }) }
}

async function sendOne({ parts, receiver }: Awaited<ReturnType<typeof setUp>>) {
  await parts.store.enqueue(delivery('msg_1') satisfies StoredDelivery)
  const [claimed] = (await parts.store.claim({ limit: 1, lease: 100 })).deliveries
  if (claimed === undefined) throw new Error('nothing was claimed')
  await parts.fetch(receiver.url)
  await parts.store.commit(claimed, { state: 'delivered', attemptCount: 1, refusals: 0 })
}

it('calls at each point, in order', async () => {
  const points: CrashPoint[] = []
  await sendOne(await setUp((point) => points.push(point)))
  expect(points).toEqual([
    'beforeEnqueue',
    'afterEnqueue',
    'beforeSend',
    'afterResponse',
    'beforeCommit',
    'afterCommit',
  ])
})

it.each([
  ['beforeEnqueue', undefined, 0],
  ['afterEnqueue', 'scheduled', 0],
  ['beforeSend', 'sending', 0],
  ['afterResponse', 'sending', 1],
  ['beforeCommit', 'sending', 1],
  ['afterCommit', 'delivered', 1],
] as const)('stops at %s: %s, after %i requests', async (point, state, requests) => {
  const scene = await setUp((passed) => {
    if (passed === point) throw new Error('crash')
  })
  await expect(sendOne(scene)).rejects.toThrow('crash')
  const [record] = await scene.store.query()
  expect([record?.state, scene.receiver.requests.length]).toEqual([state, requests])
})

it('keeps the policy of a guarded fetch', async () => {
  const { parts, transport } = await setUp(() => {})
  expect(parts.fetch).toHaveProperty('policy', transport.policy)
})
