import { expect } from 'vitest'
import { type Faults, faultScene } from './fault-scene.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const JSON_TYPE = { 'content-type': 'application/json' }

/** Responses of a receiver. */
export const RESPONSES: Faults = {
  async '200/201/202/204'() {
    for (const status of [200, 201, 202, 204]) {
      const { send, sendAfter, latest } = await faultScene([{ status, headers: JSON_TYPE }])
      await send()
      await sendAfter(0)
      expect(await latest()).toMatchObject({ state: 'delivered', attempts: [{ status }] })
    }
  },

  async '2xx with invalid JSON / no content-type / wrong content-type'() {
    for (const play of [
      { status: 200, headers: JSON_TYPE, body: 'OK' },
      { status: 200, body: 'OK' },
      { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' },
    ]) {
      const { send, sendAfter, latest, receiver } = await faultScene([play])
      await send()
      await sendAfter(0)
      expect(await latest()).toMatchObject({
        state: 'delivered',
        attempts: [{ reason: 'declaration', response: { body: play.body } }],
      })
      await sendAfter(DAY)
      expect(receiver.requests).toHaveLength(1)
    }
  },

  async '304'() {
    const { send, sendAfter, latest } = await faultScene([304])
    await send()
    await sendAfter(0)
    expect(await latest()).toMatchObject({ state: 'scheduled', attempts: [{ status: 304 }] })
  },

  async '301/302/303/307/308'() {
    for (const status of [301, 302, 303, 307, 308]) {
      const other = await faultScene([200])
      const redirect = `${other.receiver.url}/secret`
      const { send, sendAfter, latest, receiver } = await faultScene([{ redirect, status }])
      await send()
      await sendAfter(0)
      const { state, attempts } = await latest()
      expect([state, attempts[0]?.reason]).toEqual(['scheduled', 'redirect'])
      // the operator sees the host of the location, and nobody the rest
      expect(attempts[0]?.detail).toContain(new URL(redirect).host)
      expect(attempts[0]?.detail).not.toContain('secret')
      expect(await sendAfter(5000)).toBe(1)
      expect(receiver.requests).toHaveLength(2)
      expect(other.receiver.connections()).toBe(0)
    }
  },

  async '400/401/403/404/405/413/422'() {
    for (const status of [400, 401, 403, 404, 405, 413]) {
      const { send, sendAfter, latest } = await faultScene([status])
      await send()
      await sendAfter(0)
      expect((await latest()).state).toBe('scheduled')
    }
    const { send, sendAfter, latest } = await faultScene([422])
    await send()
    await sendAfter(0)
    expect(await latest()).toMatchObject({ state: 'dead', reason: 'rejected', attemptCount: 1 })
  },

  async '410'() {
    const { send, sendAfter, sender, receiver } = await faultScene([410, 200])
    const gone = await send()
    await sendAfter(0)
    const other = await send()
    await sendAfter(0)
    expect(await sender.deliveries({ id: gone.id })).toMatchObject([
      { state: 'dead', reason: 'gone' },
    ])
    expect(await sender.deliveries({ id: other.id })).toMatchObject([{ state: 'delivered' }])
    await sendAfter(DAY)
    expect(receiver.requests).toHaveLength(2)
  },

  async '429 + Retry-After seconds'() {
    const busy = { status: 429, headers: { 'retry-after': '600' } }
    const scene = await faultScene([busy, 200])
    const { send, sendAfter, latest, clock, sender } = scene
    const elsewhere = await faultScene([200])
    await send()
    await sendAfter(0)
    expect((await latest()).dueAt).toBe(clock.now() + 10 * MINUTE)
    // the whole endpoint pauses, and no other endpoint
    await send()
    await send({ url: elsewhere.receiver.url })
    expect(await sendAfter(0)).toBe(1)
    expect(await sender.deliveries({ state: 'parked' })).toHaveLength(2)
    expect(await sendAfter(10 * MINUTE - 1)).toBe(0)
    expect(await sendAfter(1)).toBe(2)
  },

  async '503 + Retry-After IMF-fixdate'() {
    const date = (time: number) => new Date(time).toUTCString()
    const skewed = 1_500_000_000_000 // the clock of the receiver is years behind
    for (const [headers, wait] of [
      [{ date: date(skewed), 'retry-after': date(skewed + 2 * MINUTE) }, 2 * MINUTE],
      [{ date: date(skewed), 'retry-after': date(skewed - MINUTE) }, 5000],
      [{ date: date(skewed), 'retry-after': date(skewed + 3650 * DAY) }, DAY],
      [{ 'retry-after': 'soon' }, 5000],
      [{ 'retry-after': '-1' }, 5000],
      [{ 'retry-after': '1e309' }, 5000],
    ] as const) {
      const { send, sendAfter, latest, clock } = await faultScene([{ status: 503, headers }])
      await send()
      await sendAfter(0)
      expect((await latest()).dueAt).toBe(clock.now() + wait)
    }
  },

  async '502/504/timeout'() {
    for (const status of [502, 504]) {
      const { send, sendAfter, latest, clock } = await faultScene([status])
      await send()
      await sendAfter(0)
      expect((await latest()).dueAt).toBe(clock.now() + MINUTE)
    }
    const { send, sender, latest, clock, receiver } = await faultScene([{ hang: true }])
    await send()
    const sending = sender.sendDue()
    await receiver.received(1)
    clock.advance(15_000)
    await sending
    expect((await latest()).dueAt).toBe(clock.now() + MINUTE)
  },
}
