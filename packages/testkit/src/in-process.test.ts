import { receive } from '@ringback/receiver'
import { memoryStore } from '@ringback/sender'
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { apiOf, order, paid, SECRETS, senderOf } from '../test/orders.ts'
import { inProcess } from './in-process.ts'
import { virtualClock } from './virtual-clock.ts'

const states = async (sender: ReturnType<typeof senderOf>) =>
  (await sender.deliveries({ callback: 'paid' })).map(({ state, attempts }) => [
    state,
    ...attempts.map(({ status, reason }) => status ?? reason),
  ])

describe('inProcess', () => {
  it('delivers to a Hono app, which verifies what it gets', async () => {
    const amounts: number[] = []
    const external = new Hono().post(
      '/paid',
      receive(paid, { secrets: SECRETS }).handle(({ payload }) => {
        amounts.push(payload.amount)
        return { status: 204 }
      }),
    )
    const sender = senderOf(inProcess(external))
    expect((await order(apiOf(sender), 12)).status).toBe(202)
    await sender.sendDue()
    expect(amounts).toEqual([12])
    expect(await states(sender)).toEqual([['delivered', 204]])
  })

  it('delivers to a receiver alone', async () => {
    const receiver = receive(paid, { secrets: SECRETS }).handle(() => ({ status: 204 }))
    const sender = senderOf(inProcess(receiver))
    await order(apiOf(sender), 12)
    await sender.sendDue()
    expect(await states(sender)).toEqual([['delivered', 204]])
  })

  it('tries again after an error that is thrown, as after a failed connection', async () => {
    const clock = virtualClock()
    let calls = 0
    const fetch = () => {
      calls += 1
      if (calls === 1) throw new TypeError('away')
      return new Response(null, { status: 204 })
    }
    const sender = senderOf({ ...inProcess({ fetch }), store: memoryStore({ clock }), clock })
    await order(apiOf(sender), 12)
    await sender.sendDue()
    clock.advance(60_000)
    await sender.sendDue()
    expect(await states(sender)).toEqual([['delivered', 'network', 204]])
  })

  it('ends an attempt at its deadline, when the receiver never responds', async () => {
    const receiver = { fetch: () => new Promise<Response>(() => {}) }
    const sender = senderOf({ ...inProcess(receiver), deadline: 20, schedule: [0] })
    await order(apiOf(sender), 12)
    await sender.sendDue()
    expect(await states(sender)).toEqual([['dead', 'timeout']])
  })

  it('judges URLs as ever', async () => {
    const sender = senderOf(inProcess({ fetch: () => new Response() }))
    await order(apiOf(sender), 12, 'http://127.0.0.1:9000/paid')
    expect(await states(sender)).toEqual([['dead']])
  })
})
