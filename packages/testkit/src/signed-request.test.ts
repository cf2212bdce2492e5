import { callback } from '@ringback/core'
import { receive } from '@ringback/receiver'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { grown, noted, paid, SECRETS } from '../test/orders.ts'
import { samplePayload } from './sample-payload.ts'
import { signedRequest } from './signed-request.ts'

const OTHER = ['whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD']
const at = async (request: Request) => [request.method, request.url, await request.text()]

describe('samplePayload', () => {
  it('is of the schema, or the first example', () => {
    expect(samplePayload(paid)).toEqual({ amount: 1, at: 'text' })
    expect(samplePayload(grown)).toEqual({ size: 1 })
    expect(samplePayload(noted)).toBe(undefined)
    const examples = { big: { value: { size: 9 } } }
    const shown = callback('post', '{$request.body#/u}').body(v.object({ size: v.number() }), {
      examples,
    })
    expect(samplePayload(shown)).toEqual({ size: 9 })
  })
})

describe('signedRequest', () => {
  const receiver = receive(paid, { secrets: SECRETS }).handle(({ payload }) =>
    payload.amount > 0 ? { status: 204 } : { status: 204, headers: { 'x-free': 'yes' } },
  )

  it('is one that a receiver verifies, with a sample or a payload', async () => {
    const sample = await signedRequest(paid, '/paid?x=1', { secrets: SECRETS })
    expect(await at(sample.clone())).toEqual([
      'POST',
      'http://localhost/paid?x=1',
      '{"amount":1,"at":"text"}',
    ])
    expect((await receiver.fetch(sample)).status).toBe(204)
    const free = await signedRequest(paid, 'https://a.example/paid', {
      secrets: SECRETS,
      payload: { amount: 0 },
    })
    expect((await receiver.fetch(free)).headers.get('x-free')).toBe('yes')
  })

  it.each([
    ['another secret', { secrets: OTHER }, 403],
    ['an old time', { secrets: SECRETS, sentAt: Date.now() - 3_600_000 }, 403],
    ['a body that breaks the schema', { secrets: SECRETS, body: '{"amount":"x"}' }, 422],
    ['a body that is no JSON', { secrets: SECRETS, body: '{' }, 400],
  ])('is refused with %s', async (_name, options, status) => {
    const response = await receiver.fetch(await signedRequest(paid, '/paid', options))
    expect(response.status).toBe(status)
  })

  it('has what the callback declares beside its payload, and an id of its own or a given one', async () => {
    const parted = callback('put', '{$request.body#/u}')
      .bodyAs('application/x-www-form-urlencoded', v.object({ a: v.string() }))
      .headers(v.object({ 'x-part': v.string() }))
      .query(v.object({ page: v.number() }))
      .response(204)
    const options = { secrets: SECRETS, payload: { a: 'b c' }, id: 'msg_1' }
    const request = await signedRequest(parted, '/', options)
    expect(request.headers.get('x-part')).toBe('text')
    expect(request.headers.get('webhook-id')).toBe('msg_1')
    expect(await at(request.clone())).toEqual(['PUT', 'http://localhost/?page=1', 'a=b+c'])
    const received = receive(parted, { secrets: SECRETS }).handle(() => ({ status: 204 }))
    expect((await received.fetch(request)).status).toBe(204)

    const own = await signedRequest(parted, '/?page=7', {
      ...options,
      headers: { 'x-part': 'own' },
    })
    expect([own.url, own.headers.get('x-part')]).toEqual(['http://localhost/?page=7', 'own'])
    const bytes = callback('post', '{$request.body#/u}').bodyAs(
      'application/octet-stream',
      v.instance(Uint8Array),
    )
    const raw = await signedRequest(bytes, '/', { ...options, payload: new Uint8Array([1, 2]) })
    expect(new Uint8Array(await raw.arrayBuffer())).toEqual(new Uint8Array([1, 2]))
  })
})
