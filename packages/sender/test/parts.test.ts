// The headers, the query and the body of a callback, as they are written and compared.
import { callback } from '@ringback/core'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { message, operationCallback } from './message.ts'
import { scene } from './scene.ts'
import { response } from './sink.ts'

const plain = operationCallback(callback('post', 'https://a.example'))
const loose = operationCallback(
  callback('post', 'https://a.example').headers(v.looseObject({})).query(v.looseObject({})),
)

async function refusalOf(callbackOf: typeof loose, options: object, payload?: unknown) {
  const { callbacks } = await scene([])
  const sent = callbacks.send(message(undefined, { callback: callbackOf, payload, options }))
  return sent.then(
    () => 'sent',
    (error: { code?: string; message?: string }) => `${error.code}: ${error.message}`,
  )
}

describe('headers and query', () => {
  it.each([
    ['a line break', { headers: { a: 'x\r\nwebhook-id: 1' } }, /no header can carry/],
    ['a NUL', { headers: { a: '\0' } }, /no header can carry/],
    ['another script', { headers: { a: '漢' } }, /no header can carry/],
    ['space at its ends', { headers: { a: ' x' } }, /no header can carry/],
    ['a comma in a list', { headers: { a: ['x,y', 'z'] } }, /an item with a comma/],
    ['an object', { headers: { a: {} } }, /cannot be written as text/],
    ['null', { query: { a: null } }, /cannot be written as text/],
    ['Infinity', { query: { a: Number.POSITIVE_INFINITY } }, /cannot be written as text/],
    ['an invalid date', { query: { a: new Date(Number.NaN) } }, /cannot be written as text/],
    ['an empty list', { query: { a: [] } }, /an empty list, which no text can spell/],
    ['a lone surrogate', { query: { a: '\ud800' } }, /an unpaired surrogate/],
    ['no object', { query: 'a=b' }, /must be an object with a member for each field/],
  ])('refuse %s, without its value', async (_, options, text) => {
    const refusal = await refusalOf(loose, options)
    expect(refusal).toMatch(/^payload: the (?:header|headers|field|query) /)
    expect(refusal).toMatch(text)
    expect(refusal).not.toMatch(/webhook-id|漢/)
  })

  it('refuse a header of the sender, which a loose schema takes', async () => {
    expect(await refusalOf(loose, { headers: { 'Webhook-ID': 'x' } })).toMatch(
      /declares the header 'Webhook-ID', which the sender sets itself/,
    )
  })

  it('are refused where the callback declares none, as is an option that does not exist', async () => {
    expect(await refusalOf(plain, { headers: { a: 'x' } })).toMatch(
      /^option: the callback 'invoiceNotification' declares no headers: declare them by \.headers/,
    )
  })

  it('lack the fields that the schema does not name, and have its defaults', async () => {
    const parts = operationCallback(
      callback('post', 'https://a.example/?t=1')
        .headers(v.object({ 'X-A': v.string(), 'x-b': v.optional(v.number(), 5) }))
        .query(v.object({ q: v.optional(v.string(), 'all'), r: v.optional(v.boolean()) })),
    )
    const { callbacks, store } = await scene([])
    const headers = { 'X-A': 'a', password: 'hunter2' }
    const options = { headers, query: { secret: 'hunter2' } }
    const { id } = await callbacks.send(message(undefined, { callback: parts, options }))
    const stored = await store.find(id)
    expect(stored?.settings?.headers).toEqual({ 'x-a': 'a', 'x-b': '5' })
    expect(stored?.url).toBe('https://a.example/?t=1&q=all')
  })

  it.each([
    ['https://a.example', 'https://a.example/?a=1'],
    ['https://a.example/b?', 'https://a.example/b?a=1'],
    ['https://a.example/b?c=2', 'https://a.example/b?c=2&a=1'],
    ['https://a.example/b?c=2&', 'https://a.example/b?c=2&a=1'],
  ])('the query is added to %s', async (key, expected) => {
    const { callbacks } = await scene([])
    const one = operationCallback(callback('post', key).query(v.object({ a: v.number() })))
    const options = { query: { a: 1 } }
    const { url = '' } = await callbacks.send(message(undefined, { callback: one, options }))
    expect(url.replace('example?', 'example/?')).toBe(expected)
  })

  it('wait with a callback whose URL reads the response', async () => {
    const { callbacks, store } = await scene([])
    const one = operationCallback(
      callback('post', 'https://a.example/x').headers(v.looseObject({})).query(v.looseObject({})),
    )
    const options = { headers: { a: 'x' }, query: { b: 1 } }
    const given = message(undefined, { callback: one, options })
    const staged = await callbacks.stage(given)
    const { id } = await staged.release(given.exchange)
    expect(await store.find(id)).toMatchObject({
      url: 'https://a.example/x?b=1',
      settings: { headers: { a: 'x' } },
    })
  })

  it('say what was expected, and never the value', async () => {
    const strict = operationCallback(
      callback('post', 'https://a.example').headers(v.object({ n: v.number() })),
    )
    expect(await refusalOf(strict, { headers: { n: 'hunter2' } })).toBe(
      "payload: the headers of 'invoiceNotification' do not match their schema: /n: expected number",
    )
    expect(await refusalOf(strict, {})).toMatch(/\/n: is missing$/)
  })

  it('belong to a dedupeKey, as the query and the media type do', async () => {
    const one = operationCallback(
      callback('post', 'https://a.example').headers(v.looseObject({})).query(v.looseObject({})),
    )
    const { callbacks } = await scene([])
    const send = (parts: object) =>
      callbacks.send(message(undefined, { callback: one, options: { dedupeKey: 'a', ...parts } }))
    const first = await send({ headers: { a: 'x', b: 'y' } })
    expect((await send({ headers: { b: 'y', a: 'x' } })).id).toBe(first.id)
    await expect(send({ headers: { a: 'z', b: 'y' } })).rejects.toMatchObject({ code: 'dedupe' })
    await expect(send({ headers: { a: 'x', b: 'y' }, query: { c: 1 } })).rejects.toMatchObject({
      code: 'dedupe',
    })
  })
})

describe('an option of send that does not exist', () => {
  it('is refused, with the one that was probably meant', async () => {
    expect(await refusalOf(plain, { dedupekey: 'a' })).toBe(
      "option: send has no option 'dedupekey': did you mean 'dedupeKey'?",
    )
  })
})

describe('a body that is not JSON', () => {
  it.each([
    ['text/plain', v.any(), 7, /must be text .* since its media type is text\/plain/],
    ['image/png', v.any(), 'x', /must be a Uint8Array, since its media type is image\/png/],
    ['application/x-www-form-urlencoded', v.any(), 'a=b', /must be an object with a member/],
    ['application/x-www-form-urlencoded', v.any(), { a: {} }, /cannot be written as text/],
    ['text/plain', v.string(), 7, /does not match its schema: the whole: expected string$/],
  ])('of %s refuses another value', async (mediaType, schema, payload, text) => {
    const one = operationCallback(callback('post', 'https://a.example').bodyAs(mediaType, schema))
    expect(await refusalOf(one, {}, payload)).toMatch(text)
  })

  it('is sent with the same bytes on every attempt, whatever happens to the given ones', async () => {
    const { receiver, callbacks, sendAfter } = await scene([response(500), response(204)])
    const bytes = new Uint8Array([1, 2, 3])
    const one = operationCallback(
      callback('post', receiver.url).bodyAs('application/octet-stream', v.instance(Uint8Array)),
    )
    await callbacks.send(message(undefined, { callback: one, payload: bytes }))
    bytes.fill(9)
    await sendAfter(0)
    await sendAfter(60_000)
    expect(receiver.requests.map((request) => request.slice(-3))).toEqual([
      '\x01\x02\x03',
      '\x01\x02\x03',
    ])
    expect(receiver.requests[1]).toContain('content-type: application/octet-stream\r\n')
  })
})
