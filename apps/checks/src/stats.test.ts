// The figures of a sender are those of its receiver: 10,000 deliveries, a third with faults, two processes on a file.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callback, createApi, route } from '@ringback/core'
import { createSender } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { sqliteStore } from '@ringback/store-sqlite'
import * as v from 'valibot'
import { expect, it, onTestFinished } from 'vitest'

const COUNT = 10_000
const paid = callback('post', '{$request.query.callback_url}').body(v.object({ n: v.number() }))
const pay = route('post', '/pay')
  .query(v.object({ callback_url: v.string(), n: v.pipe(v.string(), v.toNumber()) }))
  .response(204)
  .callback('paid', paid)
  .handle(async (c, { callbacks }) => {
    await callbacks.paid.send({ n: c.req.valid('query').n })
    return c.body(null, 204)
  })

/** A receiver with faults, and its own records. */
async function startFaulty() {
  const outcomes: Record<string, number> = {}
  const received = new Map<string, number>()
  const accepted = new Set<string>()
  const gone = new Set<string>()
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const id = String(request.headers['webhook-id'])
      const times = (received.get(id) ?? 0) + 1
      received.set(id, times)
      const kind = received.size % 12
      const outcome =
        times === 1 && kind < 3
          ? '503'
          : times === 1 && kind === 3
            ? 'network'
            : kind === 4
              ? '410'
              : '204'
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      if (outcome === '204') accepted.add(id)
      if (outcome === '410') gone.add(id)
      if (outcome === 'network') return request.socket.resetAndDestroy()
      response.writeHead(Number(outcome)).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { outcomes, accepted, gone, server, url: `http://127.0.0.1:${port}` }
}

it('of 10,000 deliveries with faults are those of the receiver, in every process', {
  timeout: 300_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringback-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const receiver = await startFaulty()
  const since = Date.now()
  const open = () => {
    const store = sqliteStore(join(folder, 'callbacks.db'))
    const fetch = guardedFetch({ policy: { allowLoopback: true } })
    const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']
    const sender = createSender({ store, secrets, fetch, schedule: [0, 1, 1, 1], log: false })
    return { store, fetch, sender }
  }
  const processes = [open(), open()]
  let ended = 0
  const isDone = new Promise<void>((resolve) => {
    for (const { sender } of processes) {
      sender.on(({ delivery }) => {
        if (delivery.state === 'delivered' || delivery.state === 'dead') ended += 1
        if (ended === COUNT) resolve()
      })
    }
  })
  const apps = processes.map(({ sender }) =>
    createApi({ info: { title: 'Pay', version: '1' }, sender }, [pay]),
  )
  for (const { sender } of processes) await sender.start()
  for (let n = 0; n < COUNT; n += 50) {
    const sent = [...Array(50).keys()].map((one) =>
      apps[one % 2]?.request(`/pay?n=${n + one}&callback_url=${receiver.url}/${one % 5}`, {
        method: 'POST',
      }),
    )
    await Promise.all(sent)
  }
  await isDone
  for (const { sender, store, fetch } of processes) {
    await sender.stop()
    await fetch.close()
    store.close()
  }
  receiver.server.close()

  const { accepted, gone, outcomes } = receiver
  const total = Object.values(outcomes).reduce((sum, count) => sum + count, 0)
  for (const { sender, store, fetch } of [open(), open()]) {
    const stats = await sender.stats({ since, callback: 'paid' })
    expect(stats.states).toMatchObject({ delivered: accepted.size, scheduled: 0, sending: 0 })
    expect(stats.deaths).toEqual({ gone: gone.size })
    expect(accepted.size + gone.size).toBe(COUNT)
    expect(stats.attempts).toMatchObject({ total, outcomes })
    expect(stats.successRate).toBeCloseTo(accepted.size / COUNT, 10)
    await sender.stop()
    await fetch.close()
    store.close()
  }
})
