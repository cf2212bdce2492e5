import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { generateSecret, verify } from '@ringback/signing'
import { describe, expect, it } from 'vitest'
import { manualClock } from '../../test/manual-clock.ts'
import { guarded, serve } from '../../test/serve.ts'
import { systemClock } from '../clock.ts'
import { adaptFetch } from '../transport/adapt-fetch.ts'
import { challenge } from './challenge.ts'

const secret = generateSecret()
const policy = { allowHttp: true, allow: ['127.0.0.1'] }

/** Challenges a server that responds with what the function gives; `undefined` is no response at all. */
async function challengeServer(
  respond: (value: string) => { status?: number; body?: string; location?: string } | undefined,
  clock = systemClock,
) {
  const seen: { request: IncomingMessage; body: string }[] = []
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request)
    seen.push({ request, body })
    const given = respond(JSON.parse(body).challenge)
    if (given === undefined) return
    const { status = 200, body: answered = '', location } = given
    response.writeHead(status, location ? { location } : {}).end(answered)
  }
  const { url } = await serve((request, response) => void listener(request, response))
  const transport = { send: adaptFetch(guarded({ policy })), clock, deadline: 5000 }
  const headers = { authorization: 'Bearer hunter2', 'webhook-id': 'forged' }
  return { seen, done: challenge({ url, secrets: [secret], headers }, transport) }
}

describe('challenge', () => {
  it('is a signed POST with the headers of the endpoint, which cannot replace the signature', async () => {
    const { seen, done } = await challengeServer((value) => ({ body: value }))
    await done
    const [{ request, body } = expect.fail('nothing was sent')] = seen
    expect(request.method).toBe('POST')
    expect(request.headers).toMatchObject({
      'content-type': 'application/json',
      authorization: 'Bearer hunter2',
      'user-agent': 'Ringback',
    })
    expect(JSON.parse(body)).toEqual({
      type: 'ringback.challenge',
      challenge: expect.stringMatching(/^[-\w]{36}$/),
    })
    const { headers } = request
    const list = { ...headers } as Record<string, string>
    await expect(verify({ headers: list, body, secrets: [secret] })).resolves.toBeUndefined()
    expect(headers['webhook-id']).not.toBe('forged')
  })

  it.each([
    ['as text', (value: string) => ({ body: `${value}\n` })],
    ['as JSON', (value: string) => ({ body: JSON.stringify({ challenge: value }) })],
    ['with 201', (value: string) => ({ status: 201, body: value })],
  ])('accepts the value %s', async (_, respond) => {
    await expect((await challengeServer(respond)).done).resolves.toBeUndefined()
  })

  it.each([
    ['another value', () => ({ body: 'ok' }), /does not contain the challenge/],
    ['nothing', () => ({}), /does not contain the challenge/],
    ['null', () => ({ body: 'null' }), /does not contain the challenge/],
    ['an error', (value: string) => ({ status: 404, body: value }), /it responded 404/],
    [
      'a redirect',
      (value: string) => ({ status: 307, body: value, location: 'https://example.com' }),
      /it responded 307/,
    ],
  ])('refuses %s', async (_, respond, message) => {
    await expect((await challengeServer(respond)).done).rejects.toMatchObject({
      code: 'url',
      message: expect.stringMatching(message),
    })
  })

  it('ends with the deadline', async () => {
    const clock = manualClock()
    const { done } = await challengeServer(() => {
      clock.advance(5000)
      return undefined
    }, clock)
    await expect(done).rejects.toMatchObject({ message: expect.stringMatching(/in time/) })
  })

  it('goes to no address that the policy refuses, and says nothing about it', async () => {
    const transport = { send: adaptFetch(guarded({})), clock: systemClock, deadline: 5000 }
    const target = { url: 'https://127.0.0.1:1/', secrets: [secret], headers: {} }
    const error: unknown = await challenge(target, transport).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'url', cause: expect.anything() })
    expect(String(error)).not.toMatch(/127|loopback|refuse/)
  })
})
