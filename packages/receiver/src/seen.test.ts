import { DatabaseSync } from 'node:sqlite'
import { callback } from '@ringback/core'
import { sign } from '@ringback/signing'
import { Hono } from 'hono'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { memorySeen } from './memory-seen.ts'
import { receive } from './receive.ts'
import type { SeenStore } from './seen.ts'

const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']
const NOW = 1_700_000_000
const clock = { now: () => NOW * 1000 }

const paid = callback('post', 'https://a.example')
  .body(v.object({ amount: v.number() }))
  .response(200, v.object({ handled: v.number() }))
  .response(202)
  .response(409, v.object({ detail: v.string() }))

async function signed(id = 'msg_1', timestamp = NOW): Promise<Request> {
  const body = '{"amount":1}'
  const headers = await sign({ id, timestamp, body, secrets })
  return new Request('http://localhost/paid', { method: 'POST', body, headers })
}

/** A store in memory whose methods give promises, as those over a network do. */
function slowly(store: SeenStore): SeenStore {
  return {
    begin: async (key) => store.begin(key),
    complete: async (key, response) => store.complete(key, response),
    release: async (key) => store.release(key),
  }
}

/** The store over SQL of the README. */
function sqlSeen(): SeenStore {
  const database = new DatabaseSync(':memory:')
  database.exec('CREATE TABLE seen (key TEXT PRIMARY KEY, until INTEGER, response TEXT) STRICT')
  const claim = database.prepare(`INSERT INTO seen VALUES (?, ?, NULL) ON CONFLICT (key) DO UPDATE
    SET until = excluded.until, response = NULL WHERE until < ? RETURNING key`)
  const find = database.prepare('SELECT response FROM seen WHERE key = ?')
  const keep = database.prepare('UPDATE seen SET response = ?, until = ? WHERE key = ?')
  const erase = database.prepare('DELETE FROM seen WHERE key = ?')
  return {
    begin(key) {
      const now = clock.now()
      if (claim.get(key, now + 60_000, now)) return 'new'
      const text = find.get(key)?.response
      return typeof text === 'string' ? JSON.parse(text) : 'running'
    },
    complete: (key, response) =>
      void keep.run(JSON.stringify(response), clock.now() + 86_400_000, key),
    release: (key) => void erase.run(key),
  }
}

const stores: readonly (readonly [string, () => SeenStore])[] = [
  ['memorySeen', () => memorySeen({ clock })],
  ['a store that gives promises', () => slowly(memorySeen({ clock }))],
  ['a store over SQL', sqlSeen],
]

describe.each(stores)('receive with %s', (_, create) => {
  it('gives a duplicate the response of the first, and runs the handler once', async () => {
    let handled = 0
    const receiver = receive(paid, { secrets, clock, seen: create() }).handle(() => {
      handled += 1
      return { status: 200, body: { handled }, headers: { 'X-Trace': `t${handled}` } }
    })
    for (const timestamp of [NOW, NOW + 5]) {
      const response = await receiver.fetch(await signed('msg_1', timestamp))
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toBe('application/json')
      expect(response.headers.get('x-trace')).toBe('t1')
      expect(await response.json()).toEqual({ handled: 1 })
    }
    expect(await (await receiver.fetch(await signed('msg_2'))).json()).toEqual({ handled: 2 })
  })

  it('keeps a response without a body', async () => {
    const receiver = receive(paid, { secrets, clock, seen: create() }).handle(() => ({
      status: 202,
    }))
    for (const _ of ['first', 'second']) {
      const response = await receiver.fetch(await signed())
      expect([response.status, response.body]).toEqual([202, null])
    }
  })

  it('answers 503 with Retry-After while the first is being handled', async () => {
    let finish = () => {}
    const finished = new Promise<void>((resolve) => {
      finish = resolve
    })
    let handled = 0
    const receiver = receive(paid, { secrets, clock, seen: create() }).handle(async () => {
      handled += 1
      await finished
      return { status: 202 }
    })
    const first = Array.from({ length: 5 }, async () => receiver.fetch(await signed()))
    const statuses: number[] = []
    for (const each of first) void each.then(({ status }) => statuses.push(status))
    await expect.poll(() => statuses).toEqual([503, 503, 503, 503])
    const during = await receiver.fetch(await signed())
    expect([during.status, during.headers.get('retry-after')]).toEqual([503, '1'])
    expect(during.headers.get('content-type')).toBe('application/problem+json')
    finish()
    await Promise.all(first)
    expect(statuses.at(-1)).toBe(202)
    expect((await receiver.fetch(await signed())).status).toBe(202)
    expect(handled).toBe(1)
  })

  it.each([
    ['threw', () => Promise.reject(new Error('down'))],
    ['responded other than 2xx', () => ({ status: 409, body: { detail: 'not yet' } }) as const],
    ['broke its declaration', () => ({ status: 204 }) as never],
  ])('handles a callback again whose handler %s', async (_, fail) => {
    let handled = 0
    const receiver = receive(paid, { secrets, clock, seen: create(), log: false }).handle(() => {
      handled += 1
      return handled === 1 ? fail() : { status: 202 }
    })
    await receiver.fetch(await signed()).catch(() => {})
    expect((await receiver.fetch(await signed())).status).toBe(202)
    expect(handled).toBe(2)
  })

  it('tells requests with other parameters of the path apart', async () => {
    const handled: unknown[] = []
    const receiver = receive(paid, { secrets, clock, seen: create() }).handle(({ params }) => {
      handled.push(params.tenant)
      return { status: 202 }
    })
    const app = new Hono().post('/:tenant', receiver)
    for (const tenant of ['a', 'b', 'a']) {
      await app.request(new Request(`http://localhost/${tenant}`, await signed()))
    }
    expect(handled).toEqual(['a', 'b'])
  })

  it('claims nothing for a request that is refused', async () => {
    const receiver = receive(paid, { secrets, clock, seen: create() }).handle(() => ({
      status: 202,
    }))
    const forged = new Request(await signed(), { body: '{"amount":2}' })
    expect((await receiver.fetch(forged)).status).toBe(403)
    expect((await receiver.fetch(await signed())).status).toBe(202)
  })
})

describe('a store that fails', () => {
  const error = new Error('the database is down')
  const fail = () => Promise.reject(error)

  it('at the beginning makes the receiver throw, before the handler runs', async () => {
    let handled = 0
    const seen = { ...memorySeen(), begin: fail }
    const receiver = receive(paid, { secrets, clock, seen }).handle(() => {
      handled += 1
      return { status: 202 }
    })
    await expect(receiver.fetch(await signed())).rejects.toBe(error)
    expect(handled).toBe(0)
  })

  it.each(['complete', 'release'] as const)(
    'at %s is logged, and hides no result',
    async (name) => {
      const logged: unknown[] = []
      const seen = { ...memorySeen(), [name]: fail }
      const log = { error: (entry: unknown) => void logged.push(entry) }
      const thrown = new Error('of the handler')
      const receiver = receive(paid, { secrets, clock, seen, log }).handle(() => {
        if (name === 'release') throw thrown
        return { status: 202 }
      })
      const result = await receiver.fetch(await signed()).catch((caught: unknown) => caught)
      if (name === 'release') expect(result).toBe(thrown)
      else expect(result).toMatchObject({ status: 202 })
      expect(logged).toEqual([error])
    },
  )
})

describe('memorySeen', () => {
  const response = { status: 204, headers: {}, body: null }
  const fill = (seen: SeenStore, keys: readonly string[]) => {
    for (const key of keys) {
      seen.begin(key)
      seen.complete(key, response)
    }
  }

  it('makes room by the oldest response', () => {
    const seen = memorySeen({ entries: 3 })
    fill(seen, ['a', 'b', 'c', 'd'])
    expect(seen.begin('b')).toBe(response)
    expect(seen.begin('d')).toBe(response)
    expect(seen.begin('a')).toBe('new')
  })

  it('forgets no callback in progress, and takes no more than it can remember', () => {
    const seen = memorySeen({ entries: 2 })
    expect([seen.begin('a'), seen.begin('b'), seen.begin('c')]).toEqual(['new', 'new', 'running'])
    seen.release('a')
    expect([seen.begin('c'), seen.begin('b')]).toEqual(['new', 'running'])
  })

  it('forgets a response that is too old', () => {
    let now = 0
    const seen = memorySeen({ age: 600_000, clock: { now: () => now } })
    fill(seen, ['a'])
    now = 599_999
    expect(seen.begin('a')).toBe(response)
    now = 600_000
    expect(seen.begin('a')).toBe('new')
  })

  it.each([{ entries: 0 }, { entries: 1.5 }, { age: 599_999 }, { age: Number.NaN }])(
    'refuses %j',
    (options) => {
      expect(() => memorySeen(options)).toThrow(RangeError)
    },
  )
})
