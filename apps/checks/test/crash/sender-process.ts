// A sender in a process of its own, on an SQLite file, which ends itself or is ended at any point.
import { type CallbackMessage, callback, route } from '@ringback/core'
import { createSender, systemClock } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { sqliteStore } from '@ringback/store-sqlite'
import { withCrashPoints } from '@ringback/testkit'
import * as v from 'valibot'

const { CALLBACK_SECRET = '', DATABASE = '', SINK = '', NAME = '', CRASH_AT } = process.env
const COUNT = Number(process.env.COUNT ?? 0)
// leases of processes that are gone have ended on this clock
const AHEAD = Number(process.env.AHEAD ?? 0)

const event = callback('post', `${SINK}/events`).body(v.object({ name: v.string() }))
const operation = route('post', '/').callback('event', event)['~definition']

const clock = { ...systemClock, now: () => Date.now() + AHEAD }
let isStarted = false
const store = sqliteStore(DATABASE, { clock })
const transport = guardedFetch({ policy: { allowHttp: true, allow: ['127.0.0.1'] } })
const parts = withCrashPoints({
  store,
  fetch: transport,
  at: (point) => {
    // not already when the transport is tested
    if (isStarted && point === CRASH_AT) process.kill(process.pid, 'SIGKILL')
  },
})
const schedule = Array<number>(50).fill(0)
const sender = createSender({ ...parts, clock, schedule, secrets: [CALLBACK_SECRET] })

await sender.start()
isStarted = true
console.log('started')
for (let n = 0; n < COUNT; n += 1) {
  const { id } = await sender['~callbacks'].send(message(`${NAME}-${n}`))
  console.log(`stored ${id} ${NAME}-${n}`)
}

const isLeft = async () => {
  // given up after three lost leases in a row, kept and seen: an operator sends it again
  for (const { id } of await sender.deliveries({ state: 'dead', limit: 100_000 })) {
    await sender.redrive(id)
  }
  const [scheduled] = await sender.deliveries({ state: 'scheduled', limit: 1 })
  const [sending] = await sender.deliveries({ state: 'sending', limit: 1 })
  return scheduled !== undefined || sending !== undefined
}
while (await isLeft()) await new Promise<void>((resolve) => clock.after(10, resolve))
await sender.stop()
await transport.close()
store.close()
console.log('done')

function message(name: string): CallbackMessage {
  const { event: found } = operation.callbacks
  if (found === undefined) throw new Error('there is no callback')
  return {
    name: 'event',
    callback: found,
    operationId: 'post',
    owner: 'default',
    exchange: {
      request: { method: 'POST', url: 'http://a.example/', pathParams: {}, headers: {} },
    },
    validated: [],
    payload: { name },
  }
}
