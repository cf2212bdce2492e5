// The credentials of callbacks: sent at each attempt, and nowhere else.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  anonymousAccess,
  anySecurityScheme,
  callback,
  createApi,
  route,
  type SecuritySchemeObject,
  securityScheme,
} from '@ringback/core'
import {
  type Credentials,
  createSender,
  type Delivery,
  type Log,
  memoryStore,
} from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { sqliteStore } from '@ringback/store-sqlite'
import * as v from 'valibot'
import { describe, expect, it, onTestFinished } from 'vitest'

const info = { title: 'Orders', version: '1.0.0' }
const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']
const VALUE = 'hunter2:s3cr3t'
const BASIC = Buffer.from(VALUE).toString('base64')

const flows = { clientCredentials: { tokenUrl: '/token', scopes: {} } }
const schemeOf = (name: string, object: SecuritySchemeObject) =>
  object.type === 'oauth2' || object.type === 'openIdConnect'
    ? securityScheme(name, object, () => (_, next) => next())
    : securityScheme(name, object, (_, next) => next())

const bearer = schemeOf('bearer', { type: 'http', scheme: 'bearer' })
const basic = schemeOf('basic', { type: 'http', scheme: 'Basic' })
const inHeader = schemeOf('inHeader', { type: 'apiKey', in: 'header', name: 'X-Api-Key' })
const inQuery = schemeOf('inQuery', { type: 'apiKey', in: 'query', name: 'api key' })
const inCookie = schemeOf('inCookie', { type: 'apiKey', in: 'cookie', name: 'sid' })
const oauth = schemeOf('oauth', { type: 'oauth2', flows })
const tls = schemeOf('tls', { type: 'mutualTLS' })

const base = callback('post', '{$request.query.url}')
  .body(v.object({ n: v.number() }))
  .response(204)

function operationWith(one: typeof base) {
  return route('post', '/orders')
    .query(v.object({ url: v.string() }))
    .response(200, v.object({ called: v.unknown() }))
    .callback('paid', one)
    .handle(async (c, { callbacks }) => {
      await callbacks.paid.send({ n: 1 })
      return c.json({ called: await callbacks.paid.call({ n: 2 }) }, 200)
    })
}

/** A sender with an SQLite file, and a receiver that repeats all that it gets. */
async function setUp(one: typeof base, credentials: Credentials, schedule = [0, 0]) {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    const seen = JSON.stringify([request.url, request.headers])
    response.writeHead(requests.length < 3 ? 500 : 200, { 'x-seen': encodeURIComponent(seen) })
    response.end(seen)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const folder = mkdtempSync(join(tmpdir(), 'credentials-'))
  const transport = guardedFetch({ policy: { allowHttp: true, allow: ['127.0.0.1'] } })
  const store = sqliteStore(join(folder, 'callbacks.db'))
  const told: string[] = []
  const tell = (...entries: unknown[]) => {
    for (const entry of entries) {
      told.push(
        entry instanceof Error
          ? `${entry.stack} ${JSON.stringify(entry)} ${entry.cause}`
          : String(entry),
      )
    }
  }
  const log: Log = { debug: tell, info: tell, warn: tell, error: tell }

  const sender = createSender({ store, secrets, fetch: transport, schedule, credentials, log })
  sender.on((event) => told.push(JSON.stringify(event)))
  onTestFinished(async () => {
    server.close()
    server.closeAllConnections()
    await transport.close()
    store.close()
    rmSync(folder, { recursive: true })
  })
  return {
    requests,
    told,
    sender,
    post: () =>
      createApi({ info, sender }, [operationWith(one)]).request(
        `/orders?url=${encodeURIComponent(`http://127.0.0.1:${port}/in?a=1`)}`,
        { method: 'POST' },
      ),
    stored: () =>
      readdirSync(folder)
        .map((name) => readFileSync(join(folder, name), 'latin1'))
        .join(''),
  }
}

describe('the credentials of a callback', () => {
  it.each([
    [bearer, 'authorization', `Bearer ${VALUE}`, '/in?a=1'],
    [basic, 'authorization', `Basic ${BASIC}`, '/in?a=1'],
    [oauth.scopes('orders'), 'authorization', `Bearer ${VALUE}`, '/in?a=1'],
    [inHeader, 'x-api-key', VALUE, '/in?a=1'],
    [inCookie, 'cookie', `sid=${VALUE}`, '/in?a=1'],
    [inQuery, undefined, undefined, '/in?a=1&api%20key=hunter2%3As3cr3t'],
    [anySecurityScheme(oauth, bearer), 'authorization', `Bearer ${VALUE}`, '/in?a=1'],
  ])(
    'are sent at every attempt, and neither stored nor told: %#',
    async (scheme, header, sent, path) => {
      const asked: Delivery[] = []
      const give = async (delivery: Delivery) => {
        asked.push(delivery)
        return VALUE
      }
      const names = ['bearer', 'basic', 'inHeader', 'inCookie', 'inQuery']
      if (!('~alternatives' in scheme)) names.push('oauth')
      const credentials = Object.fromEntries(names.map((name) => [name, give]))
      const scene = await setUp(base.security(scheme), credentials)
      const response = await scene.post()
      expect(response.status).toBe(200)
      await scene.sender.sendDue()

      expect(scene.requests).toHaveLength(3)
      for (const { url, headers } of scene.requests) {
        expect(url).toBe(path)
        if (header !== undefined) expect(headers[header]).toBe(sent)
        expect(headers['webhook-signature']).toMatch(/^v1,/)
      }
      expect(asked).toMatchObject([1, 2, 3].map(() => ({ callback: 'paid', owner: 'default' })))
      expect(asked[0]).not.toHaveProperty('payload')

      const records = JSON.stringify(await scene.sender.deliveries())
      expect(records).toContain('[credential]') // the receiver has repeated it
      for (const text of [scene.stored(), scene.told.join('\n'), records]) {
        expect(text.length).toBeGreaterThan(100)
        expect(text).not.toMatch(/hunter2|s3cr3t/)
        expect(text).not.toContain(BASIC.slice(0, 12))
      }
    },
  )

  it('are those of all requirements together', async () => {
    const both = base.security(bearer).security(inHeader).security(tls)
    const scene = await setUp(both, { bearer: () => 'b-1', inHeader: () => 'h-1' })
    await scene.post()
    expect(scene.requests[0]?.headers).toMatchObject({
      authorization: 'Bearer b-1',
      'x-api-key': 'h-1',
    })
  })

  it.each([
    ['mutualTLS, which is only documented', tls],
    ['anonymous access, where it is allowed', anySecurityScheme(bearer, anonymousAccess)],
  ])('are not needed for %s', async (_, scheme) => {
    const scene = await setUp(base.security(scheme), {})
    await scene.post()
    expect(scene.requests[0]?.headers).not.toHaveProperty('authorization')
  })

  it('are refused where the alternatives that they meet have one field', () => {
    const one = base.security(anySecurityScheme(bearer, inHeader)).security(basic)
    const start = (credentials: Credentials) => {
      const options = { store: memoryStore(), secrets, credentials, log: false } as const
      return () => createApi({ info, sender: createSender(options) }, [operationWith(one)])
    }
    const give = () => VALUE
    expect(start({ inHeader: give, basic: give })).not.toThrow()
    expect(start({ bearer: give, basic: give })).toThrow(
      expect.objectContaining({
        code: 'credentials',
        message: expect.stringMatching(/of 'bearer' and 'basic' in one field, 'authorization'/),
      }),
    )
  })

  it('are missed when the API is made, by the name of their scheme', async () => {
    const { post } = await setUp(base.security(anySecurityScheme(bearer, basic)), {
      other: () => 'x',
    })
    expect(post).toThrow(
      expect.objectContaining({
        code: 'credentials',
        message: expect.stringContaining(
          `the callback 'paid' of 'postOrders' is secured by 'bearer' or 'basic', for which the sender has no credentials: give createSender({ credentials: { "bearer": (delivery) => … } })`,
        ),
      }),
    )
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error(VALUE)
      },
      /their function threw \(Error\)/,
    ],
    ['rejects', () => Promise.reject(new TypeError(VALUE)), /their function threw \(TypeError\)/],
    ['gives nothing', () => undefined as never, /must give text of visible ASCII/],
    ['gives a line break', () => `${VALUE}\r\nx: y`, /must give text of visible ASCII/],
    ['gives no user and password', () => 'hunter2', /give 'user:password'/],
  ])(
    'fail the attempt as internal when their function %s, and are told without a value',
    async (_, give, text) => {
      let isBroken = true
      const basicOf = () => (isBroken ? give() : VALUE)
      const scene = await setUp(base.security(basic), { basic: basicOf })
      await scene.post()
      await scene.sender.sendDue()
      expect(scene.requests).toEqual([])
      const dead = (await scene.sender.deliveries()).find(({ attempts }) => attempts.length === 2)
      expect(dead).toMatchObject({
        state: 'dead',
        reason: 'internal',
        attempts: [{ reason: 'internal' }, {}],
      })
      expect(scene.told.join('\n')).toMatch(text)
      for (const told of [scene.told.join('\n'), scene.stored()])
        expect(told).not.toMatch(/hunter2|s3cr3t/)

      isBroken = false
      await scene.sender.redrive(dead?.id ?? '')
      await scene.sender.sendDue()
      expect(scene.requests[0]?.headers.authorization).toBe(`Basic ${BASIC}`)
    },
  )
})
