import { CoreError, callback } from '@ringback/core'
import { sign } from '@ringback/signing'
import { Hono } from 'hono'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { receive } from './receive.ts'

const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']
const now = 1_700_000_000
const clock = { now: () => now * 1000 }
const TEXT = '{"amount":"12"}'

const paid = callback('post', '{$request.body#/url}')
  .body(v.object({ amount: v.pipe(v.string(), v.decimal(), v.toNumber()) }))
  .response(200, v.object({ ok: v.boolean(), rate: v.optional(v.number()) }))
  .response(204)

const receiver = receive(paid, {
  secrets,
  clock: { now: () => now * 1000 },
  bodyLimit: 1000,
}).handle(({ messageId, payload, sentAt }) =>
  payload.amount > 0
    ? { status: 200, body: { ok: messageId === 'msg_1' && sentAt.getTime() === now * 1000 } }
    : { status: 204 },
)

async function signed(body: string, change: Record<string, string> = {}) {
  const headers = await sign({ id: 'msg_1', timestamp: now, body, secrets })
  return new Request('http://localhost/paid', {
    method: 'POST',
    body,
    headers: { ...headers, ...change },
  })
}

describe('receive', () => {
  it('passes verified and valid callbacks to the handler, and responds as declared', async () => {
    const response = await receiver.fetch(await signed('{"amount":"12"}'))
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ ok: true })
  })

  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])(
    'refuses %s by 405, before it asks for secrets',
    async (method) => {
      const one = receive(paid, {
        secrets: () => {
          throw new Error('asked')
        },
      }).handle(() => ({ status: 204 }))
      const request = () => new Request('http://localhost/paid', { method })
      const mounted = new Hono().all('/paid', one)
      for (const response of [await one.fetch(request()), await mounted.request(request())]) {
        expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
        if (method === 'HEAD') continue
        expect(await response.json()).toMatchObject({
          title: 'Method Not Allowed',
          detail: `this receiver takes POST, not ${method}`,
        })
      }
    },
  )

  it('responds without a body if none is declared', async () => {
    const response = await receiver.fetch(await signed('{"amount":"0"}'))
    expect(response.status).toBe(204)
    expect(await response.text()).toBe('')
  })

  it('is a Hono handler, also after a middleware that reads the body', async () => {
    const app = new Hono()
      .use('/read', async (c, next) => {
        await c.req.text()
        await next()
      })
      .post('/read', receiver)
      .post('/paid', receiver)
    for (const path of ['/paid', '/read']) {
      const request = await signed('{"amount":"12"}')
      const response = await app.request(new Request(`http://localhost${path}`, request))
      expect(await response.json()).toEqual({ ok: true })
    }
  })

  it.each([
    [
      'a missing signature',
      401,
      () => new Request('http://localhost/', { method: 'POST', body: '{}' }),
    ],
    [
      'a body that was not signed',
      403,
      async () => new Request(await signed('{"amount":"1"}'), { body: '{"amount":"2"}' }),
    ],
    ['an id that was not signed', 403, () => signed('{"amount":"1"}', { 'webhook-id': 'msg_2' })],
    [
      'an old signature',
      403,
      () => signed('{"amount":"1"}', { 'webhook-timestamp': String(now - 301) }),
    ],
    [
      'a malformed signature header',
      400,
      () => signed('{"amount":"1"}', { 'webhook-signature': 'yes' }),
    ],
    ['a signed body that is not JSON', 400, () => signed('{"amount":')],
    ['a number that would be Infinity', 400, () => signed('{"amount":"1","n":1e400}')],
    ['a signed body that breaks its schema', 422, () => signed('{"amount":"lots"}')],
    ['a body over the limit', 413, () => signed('x'.repeat(1001))],
  ])('refuses %s', async (_, status, request) => {
    const response = await receiver.fetch(await request())
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    const text = await response.text()
    expect(JSON.parse(text)).toMatchObject({ status })
    expect(text).not.toContain('lots')
  })

  it('limits the response to a hostile payload', async () => {
    const deep = callback('post', 'https://a.example').body(
      v.object({ list: v.array(v.string()), tree: v.optional(v.lazy(() => tree)) }),
    )
    type Tree = { tree?: Tree | undefined }
    const tree: v.GenericSchema<Tree> = v.object({ tree: v.optional(v.lazy(() => tree)) })
    const large = receive(deep, { secrets, clock: { now: () => now * 1000 } }).handle(() => {
      throw new Error('not reached')
    })
    const many = await large.fetch(await signed(JSON.stringify({ list: Array(100_000).fill(0) })))
    expect(many.status).toBe(422)
    expect((await many.json()).errors.length).toBeLessThanOrEqual(50)
    const nested = `{"list":[],"tree":${'{"tree":'.repeat(20_000)}{}${'}'.repeat(20_000)}}`
    expect((await large.fetch(await signed(nested))).status).toBe(400)
  })

  it('throws for an invalid secret', async () => {
    const broken = receive(paid, { secrets: ['whsec_c2hvcnQ='] }).handle(() => ({ status: 204 }))
    await expect(broken.fetch(await signed('{}'))).rejects.toMatchObject({ code: 'bad-secret' })
  })

  it('accepts callbacks without a payload', async () => {
    const ping = receive(callback('post', 'https://a.example').response(204), {
      secrets,
      clock: { now: () => now * 1000 },
    }).handle(({ payload }) => {
      expect(payload).toBeUndefined()
      return { status: 204 }
    })
    expect((await ping.fetch(await signed(''))).status).toBe(204)
  })

  it('gives the handler the parameters of the path, the bindings and the context', async () => {
    const seen: unknown[] = []
    const recording = receive(paid, { secrets, clock }).handle(({ params, env, c }) => {
      seen.push({ params, env, path: c?.req.path })
      return { status: 204 }
    })
    const app = new Hono().post('/tenants/:tenant/:id', recording)
    const request = await signed('{"amount":"1"}')
    await app.request(new Request('http://localhost/tenants/a%20b/1', request), {}, { KEY: 1 })
    await recording.fetch(await signed('{"amount":"1"}'), { KEY: 2 })
    expect(seen).toEqual([
      { params: { tenant: 'a b', id: '1' }, env: { KEY: 1 }, path: '/tenants/a b/1' },
      { params: {}, env: { KEY: 2 }, path: undefined },
    ])
  })

  it('takes the secrets of each request from a function', async () => {
    const other = ['whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA']
    const byTenant = receive(paid, {
      secrets: async ({ params, env }) => (params.tenant === 'a' ? env.SECRETS : other),
      clock,
    }).handle(() => ({ status: 204 }))
    const app = new Hono().post('/:tenant', byTenant)
    const statuses = await Promise.all(
      ['a', 'b'].map(async (tenant) => {
        const request = new Request(`http://localhost/${tenant}`, await signed('{"amount":"1"}'))
        return (await app.request(request, {}, { SECRETS: secrets })).status
      }),
    )
    expect(statuses).toEqual([204, 403])
  })

  it('leaves the body to middleware and to a second receiver', async () => {
    const after: string[] = []
    const app = new Hono()
      .use(async (c, next) => {
        await next()
        after.push(await c.req.text())
      })
      .post('/', async (c) => {
        await receiver(c)
        return receiver(c)
      })
    const response = await app.request(new Request('http://localhost/', await signed(TEXT)))
    expect(response.status).toBe(200)
    expect(after).toEqual([TEXT])
  })

  it('limits a body that a middleware has read', async () => {
    const app = new Hono()
      .use(async (c, next) => {
        await c.req.text()
        await next()
      })
      .post('/', receiver)
    const request = new Request('http://localhost/', await signed('x'.repeat(1001)))
    expect((await app.request(request)).status).toBe(413)
  })

  it('throws body-used if the body was consumed without a copy', async () => {
    const used = await signed(TEXT)
    await used.text()
    await expect(receiver.fetch(used)).rejects.toMatchObject({ code: 'body-used' })

    let thrown: unknown
    const app = new Hono()
      .use(async (c, next) => {
        await c.req.raw.text()
        await next()
      })
      .post('/', receiver)
      .onError((error, c) => {
        thrown = error
        return c.body(null, 500)
      })
    await app.request(new Request('http://localhost/', await signed(TEXT)))
    expect(thrown).toBeInstanceOf(CoreError)
    expect(thrown).toMatchObject({ code: 'body-used' })
  })

  it('accepts JSON that begins with a byte order mark, which is signed as it is', async () => {
    const response = await receiver.fetch(await signed(`\ufeff${TEXT}`))
    expect(response.status).toBe(200)
    const stripped = new Request(await signed(`\ufeff${TEXT}`), { body: TEXT })
    expect((await receiver.fetch(stripped)).status).toBe(403)
  })

  it('reads the headers of another prefix by option', async () => {
    const svix = receive(paid, { secrets, clock, headerPrefix: 'svix' }).handle(
      ({ messageId, sentAt }) => ({
        status: 200,
        body: { ok: messageId === 'msg_1' && sentAt.getTime() === now * 1000 },
      }),
    )
    const headers = new Headers({ 'content-type': 'application/json' })
    for (const [name, value] of (await signed(TEXT)).headers) {
      headers.set(name.replace('webhook-', 'svix-'), value)
    }
    const request = new Request('http://localhost/', { method: 'POST', body: TEXT, headers })
    const response = await svix.fetch(request)
    expect(await response.json()).toEqual({ ok: true })
    expect((await svix.fetch(await signed(TEXT))).status).toBe(401)
  })

  it('verifies a good signature beside malformed ones', async () => {
    const request = await signed(TEXT)
    const list = `v1,x ${request.headers.get('webhook-signature')} yes`
    expect((await receiver.fetch(await signed(TEXT, { 'webhook-signature': list }))).status).toBe(
      200,
    )
  })

  it('responds with the headers of the handler', async () => {
    const custom = receive(paid, { secrets, clock }).handle(() => ({
      status: 200,
      body: { ok: true },
      headers: { 'Content-Type': 'application/vnd.paid+json', 'x-trace': 't' },
    }))
    const response = await custom.fetch(await signed(TEXT))
    expect(response.headers.get('content-type')).toBe('application/vnd.paid+json')
    expect(response.headers.get('x-trace')).toBe('t')
  })

  const cycle: Record<string, unknown> = {}
  cycle.itself = cycle

  it.each([
    ['a status that is not declared', { status: 202 }, 'the status 202'],
    ['a body that breaks its schema', { status: 200, body: { ok: 'pay-me' } }, '/ok: '],
    ['a body that lacks a member', { status: 200, body: {} }, 'breaks its schema'],
    ['no body', { status: 200 }, 'the whole value is undefined'],
    ['a body that contains itself', { status: 200, body: cycle }, 'breaks its schema'],
    ['a BigInt', { status: 200, body: { ok: 1n } }, '/ok is a BigInt'],
    ['Infinity', { status: 200, body: { ok: true, rate: -1 / 0 } }, '/rate is -Infinity'],
    ['a value that JSON writes otherwise', { status: 200, body: { ok: Number.NaN } }, '/ok is NaN'],
    ['a body that is not declared', { status: 204, body: { ok: true } }, 'declares without one'],
    ['nothing', undefined, 'no response: let it return { status }'],
    ['a Response', Response.json({ ok: true }), 'a Response, such as that of c.json: let it'],
    ['no status', { ok: true }, 'no response: let it return { status }'],
  ])('turns %s into a 500 whose reason is logged', async (_, given, reason) => {
    const errors: unknown[] = []
    const log = { error: (error: unknown) => void errors.push(error) }
    // JavaScript knows no types
    const wrong = receive(paid, { secrets, clock, log }).handle(() => given as never)
    const response = await wrong.fetch(await signed(TEXT))
    expect(response.status).toBe(500)
    expect(errors).toEqual([expect.objectContaining({ name: 'CoreError', code: 'response' })])
    expect(String(errors[0])).toContain(reason)
    expect(String(errors[0]) + (await response.text())).not.toContain('pay-me')
  })

  it.each([
    [[], /^receive needs a callback\(…\) or webhook\(…\) as its first argument$/],
    [[{}, { secrets }], /^receive needs a callback/],
    [[paid], /^receive needs the option secrets: a list, such as/],
    [[paid, { secrets: secrets[0] }], /^receive needs the option secrets: a list/],
    [[paid, { secrets, secret: '' }], /^receive has no option 'secret'; its options are secrets, /],
    [[paid, null], /^receive takes its options in an object/],
    [[paid, 'whsec_x'], /^receive takes its options in an object/],
    [[null, { secrets }], /^receive needs a callback/],
    [[paid, { secrets: [undefined] }], /^the option secrets .*a list of text; an environment/],
    [[paid, { secrets: [42] }], /^the option secrets .*give a list of text/],
    [[paid, { secrets, headerPrefix: 5 }], /^the option headerPrefix .*give text/],
    [[paid, { secrets, seen: {} }], /^the option seen .*such as memorySeen/],
    [[paid, { secrets, seen: null }], /^the option seen /],
    [[paid, { secrets, answerChallenges: 'no' }], /^the option answerChallenges .*true or false/],
    [[paid, { secrets, log: true }], /^the option log .*or false/],
    [[paid, { secrets, tolerance: '300' }], /^the option tolerance .*give seconds/],
    [[paid, { secrets, tolerance: Number.NaN }], /^the option tolerance .*give seconds/],
    [[paid, { secrets, bodyLimit: '1mb' }], /^the option bodyLimit .*give bytes/],
    [[paid, { secrets, clock: {} }], /^the option clock .*the function now/],
  ])('refuses wrong arguments with the remedy', (args, message) => {
    // JavaScript knows no types
    expect(() => (receive as (...args: unknown[]) => unknown)(...args)).toThrow(
      expect.objectContaining({ code: 'option', message: expect.stringMatching(message) }),
    )
    expect(() => receive(paid, { secrets }).handle(undefined as never)).toThrow(
      /^receive\(…\)\.handle\(…\) needs the function that handles callbacks/,
    )
  })

  it('checks the value that JSON has', async () => {
    const dated = callback('post', 'https://a.example').response(200, v.object({ at: v.string() }))
    const timed = receive(dated, { secrets, clock }).handle(
      () => ({ status: 200, body: { at: new Date(0), left: undefined } }) as never,
    )
    const response = await timed.fetch(await signed(TEXT))
    expect(await response.json()).toEqual({ at: '1970-01-01T00:00:00.000Z' })
  })

  it('responds with what the schema names, and with its defaults', async () => {
    const listed = callback('post', 'https://a.example').response(
      200,
      v.object({
        users: v.array(v.object({ id: v.string(), role: v.optional(v.string(), 'reader') })),
      }),
    )
    const user = { id: '7', password_hash: '$2b$10$' }
    const open = receive(listed, { secrets, clock }).handle(() => {
      const body = { users: [user], trace: 'internal' }
      return { status: 200, body }
    })
    const response = await open.fetch(await signed(TEXT))
    expect(await response.json()).toEqual({ users: [{ id: '7', role: 'reader' }] })
  })
})
