import { callback, webhook } from '@ringback/core'
import { sign } from '@ringback/signing'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { memorySeen } from './memory-seen.ts'
import { receive } from './receive.ts'

const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']
const others = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx']
const clock = { now: () => 1_700_000_000_000 }
const value = '6f9619ff-8b86-4011-b42d-00c04fc964ff'

const Item = v.object({ id: v.string() })
const created = webhook('post', 'item.created')
  .body(Item)
  .headers(v.object({ 'x-region': v.string() }))
  .response(200, v.object({ id: v.string() }))
const handled: string[] = []

async function ask(body: unknown, { by = secrets, ...options } = {}) {
  handled.length = 0
  const text = JSON.stringify(body)
  const headers = await sign({ id: 'msg_1', timestamp: 1_700_000_000, body: text, secrets: by })
  const receiver = receive(created, { secrets, clock, ...options }).handle((received) => {
    handled.push(received.headers['x-region'])
    return { status: 200, body: { id: received.payload.id } }
  })
  return receiver.fetch(
    new Request('http://localhost/', {
      method: 'POST',
      body: text,
      headers: { ...headers, 'x-region': 'eu' },
    }),
  )
}

const challenge = { type: 'ringback.challenge', challenge: value }

describe('the receiver of a webhook', () => {
  it('gets its payload and headers, and responds as it declares', async () => {
    const response = await ask({ id: '7' })
    expect([response.status, await response.json()]).toEqual([200, { id: '7' }])
    expect(handled).toEqual(['eu'])
    expect((await ask({ id: 7 })).status).toBe(422)
  })

  it('answers a signed challenge and a test event by itself, each time', async () => {
    const seen = memorySeen()
    for (const _ of [1, 2]) {
      const answered = await ask(challenge, { seen } as object)
      expect([answered.status, await answered.json()]).toEqual([200, { challenge: value }])
    }
    expect((await ask({ type: 'ringback.test', endpoint: 'ep_1' })).status).toBe(204)
    expect(handled).toEqual([])
  })

  it('answers a challenge of a secret that it does not have by option alone', async () => {
    const option = { answerChallenges: true } as object
    expect((await ask(challenge, { by: others })).status).toBe(403)
    const answered = await ask(challenge, { by: others, ...option })
    expect(await answered.json()).toEqual({ challenge: value })
    expect((await ask({ type: 'ringback.test' }, { by: others, ...option })).status).toBe(403)
    expect((await ask({ id: '7' }, { by: others, ...option })).status).toBe(403)
  })

  it.each([
    [{ type: 'ringback.challenge' }],
    [{ type: 'ringback.challenge', challenge: '<script>alert(1)</script>' }],
    [{ type: 'ringback.challenge', challenge: 'short' }],
    [{ type: 'ringback.challenge', challenge: 7 }],
    [{ type: 'ringback.other', challenge: value }],
    [{ ...challenge, filler: 'a'.repeat(1024) }],
    [null],
    [[challenge]],
  ])('takes %j for a payload', async (body) => {
    expect((await ask(body)).status).toBe(422)
  })

  it('is another one than that of a callback, to which nobody sends them', async () => {
    const body = JSON.stringify(challenge)
    const headers = await sign({ id: 'msg_1', timestamp: 1_700_000_000, body, secrets })
    const paid = callback('post', '{$request.body#/url}').body(Item).response(204)
    const receiver = receive(paid, { secrets, clock, answerChallenges: true })
    const response = await receiver
      .handle(() => ({ status: 204 }))
      .fetch(new Request('http://localhost/', { method: 'POST', body, headers }))
    expect(response.status).toBe(422)
  })

  it('takes its own method, and POST, by which challenges and tests come', async () => {
    const deleted = webhook('delete', 'item.deleted').response(204)
    const receiver = receive(deleted, { secrets, clock }).handle(() => ({ status: 204 }))
    const ask = async (method: string, body: string) => {
      const headers = await sign({ id: 'msg_1', timestamp: 1_700_000_000, body, secrets })
      const init = { method, headers, ...(body && { body }) }
      return receiver.fetch(new Request('http://localhost/', init))
    }
    expect((await ask('DELETE', '')).status).toBe(204)
    expect(await (await ask('POST', JSON.stringify(challenge))).json()).toEqual({
      challenge: value,
    })
    const refused = await ask('PUT', JSON.stringify(challenge))
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'DELETE, POST'])
  })
})
