import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { keepingSender } from '../../test/keeping-sender.ts'
import { createApi } from '../api.ts'
import type { SecurityScheme } from '../definition/security.ts'
import { document } from '../openapi/document.ts'
import { callback } from './callback.ts'
import { route } from './route.ts'
import { anonymousAccess, anySecurityScheme, securityScheme } from './security.ts'

const info = { title: 'T', version: '1' }

/** Lets a request through that has the header, and keeps its value. */
const header = (name: string) =>
  createMiddleware<{ Variables: { by: string } }>(async (c, next) => {
    const value = c.req.header(name)
    if (value === undefined) return c.text(`no ${name}`, 401)
    c.set('by', `${name} ${value}`)
    await next()
  })

const bearer = securityScheme('bearer', { type: 'http', scheme: 'bearer' }, header('authorization'))
const key = securityScheme('key', { type: 'apiKey', in: 'header', name: 'X-Key' }, header('x-key'))
const throwing = securityScheme('throwing', { type: 'mutualTLS' }, async () => {
  throw new HTTPException(403)
})
const flows = {
  clientCredentials: { tokenUrl: 'https://a.example/t', scopes: { read: 'Read', write: 'Write' } },
}
const oauth = securityScheme('oauth', { type: 'oauth2', flows }, (scopes) =>
  createMiddleware<{ Variables: { by: string } }>(async (c, next) => {
    const granted = c.req.header('scopes')?.split(' ') ?? []
    if (!scopes.every((scope) => granted.includes(scope))) return c.text('forbidden', 403)
    c.set('by', `oauth ${scopes.join('+')}`)
    await next()
  }),
)

function appOf(security: Parameters<ReturnType<typeof start>['security']>[0]) {
  const operation = start()
    .security(security)
    .handle((c) => c.json(`${(c.var as { by?: string }).by}`))
  return { operation, app: createApi({ info }, [operation]) }
}

const start = () => route('get', '/x').response(200, v.string())

describe('security', () => {
  it.each<
    [
      string,
      SecurityScheme | ReturnType<typeof anySecurityScheme>,
      Record<string, string>,
      number,
      string,
    ]
  >([
    ['lets through', bearer, { authorization: 'a' }, 200, '"authorization a"'],
    ['turns away', bearer, {}, 401, 'no authorization'],
    [
      'lets through whom any knows',
      anySecurityScheme(bearer, key),
      { 'x-key': 'k' },
      200,
      '"x-key k"',
    ],
    [
      'asks the first first',
      anySecurityScheme(bearer, key),
      { 'x-key': 'k', authorization: 'a' },
      200,
      '"authorization a"',
    ],
    ['responds as the last one does', anySecurityScheme(bearer, key), {}, 401, 'no x-key'],
    [
      'goes on after one that throws',
      anySecurityScheme(throwing, key),
      { 'x-key': 'k' },
      200,
      '"x-key k"',
    ],
    ['throws the error of the last one', anySecurityScheme(key, throwing), {}, 403, ''],
    ['lets anybody through', anySecurityScheme(key, anonymousAccess), {}, 200, '"undefined"'],
    [
      'hands on the scopes',
      oauth.scopes('read', 'write'),
      { scopes: 'write read' },
      200,
      '"oauth read+write"',
    ],
    ['requires the scopes', oauth.scopes('read', 'write'), { scopes: 'read' }, 403, 'forbidden'],
    ['has no scopes by default', oauth, {}, 200, '"oauth "'],
  ])('%s', async (_, security, headers, status, text) => {
    const response = await appOf(security).app.request('/x', { headers })
    expect([response.status, await response.text()]).toEqual([status, text])
  })

  it('requires the schemes of all calls', async () => {
    const both = start()
      .security(bearer)
      .security(anySecurityScheme(key, oauth.scopes('read')))
      .handle((c) => c.json('in'))
    const app = createApi({ info }, [both])
    const status = async (headers: HeadersInit) => (await app.request('/x', { headers })).status
    expect(await status({ authorization: 'a' })).toBe(403)
    expect(await status({ 'x-key': 'k' })).toBe(401)
    expect(await status({ authorization: 'a', 'x-key': 'k' })).toBe(200)
    expect(await status({ authorization: 'a', scopes: 'read' })).toBe(200)
    expect(document({ info }, [both]).paths['/x']?.get?.security).toEqual([
      { bearer: [], key: [] },
      { bearer: [], oauth: ['read'] },
    ])
  })

  it('rethrows the errors of the operation', async () => {
    const failing = start()
      .security(anySecurityScheme(bearer, key))
      .handle(() => {
        throw new HTTPException(418)
      })
    const headers = { authorization: 'a', 'x-key': 'k' }
    expect((await createApi({ info }, [failing]).request('/x', { headers })).status).toBe(418)
  })

  it('is documented, with every used scheme', () => {
    const hook = callback('post', 'https://a.example').security(key).response(204)
    const operation = start()
      .security(anySecurityScheme(bearer, anonymousAccess))
      .callback('hook', hook)
      .handle((c) => c.json(''))
    const { paths, components } = document({ info }, [operation])
    expect(paths['/x']?.get?.security).toEqual([{ bearer: [] }, {}])
    expect(paths['/x']?.get?.responses).not.toHaveProperty('401')
    expect(paths['/x']?.get?.callbacks?.hook).toMatchObject({
      'https://a.example': { post: { security: [{ key: [] }] } },
    })
    expect(Object.keys(components?.securitySchemes ?? {})).toEqual(['bearer', 'key'])
  })

  it('refuses two schemes with one name', () => {
    const other = securityScheme('bearer', { type: 'http', scheme: 'basic' }, header('x'))
    const operations = [bearer, other].map((scheme, index) =>
      route('get', `/${index}`)
        .security(scheme)
        .response(204)
        .handle((c) => c.body(null, 204)),
    )
    expect(() => document({ info }, operations)).toThrow(
      expect.objectContaining({
        code: 'duplicate-name',
        message: expect.stringContaining("'bearer'"),
      }),
    )
  })

  it('needs a valid component name, and an alternative', () => {
    expect(() => securityScheme('a b', { type: 'mutualTLS' }, header('x'))).toThrow(/'a b'/)
    expect(() => start().security(anySecurityScheme())).toThrow(
      expect.objectContaining({ code: 'schema' }),
    )
  })

  it('keeps the keys of schemes out of callbacks, whichever is declared first', () => {
    const leaks = callback('post', 'https://a.example/{$request.header.X-Key}').response(204)
    const declared = start().headers(v.object({ 'x-key': v.string() }))
    const message =
      "the callback 'leaks' of GET /x: the header 'x-key' holds the key of a security scheme, which is never stored or sent; read another value"
    expect(() => declared.security(key).callback('leaks', leaks)).toThrow(
      expect.objectContaining({ code: 'expression', message }),
    )
    expect(() => declared.callback('leaks', leaks).security(key)).toThrow(
      expect.objectContaining({ code: 'expression', message }),
    )
  })

  it('keeps the keys of schemes out of $url', async () => {
    const inQuery = securityScheme('q', { type: 'apiKey', in: 'query', name: 'key' }, (_, next) =>
      next(),
    )
    const { messages, sender } = keepingSender()
    const operation = start()
      .callback('hook', callback('post', 'https://a.example/?from={$url}').response(204))
      .security(inQuery)
      .handle(async (c, { callbacks }) => {
        await callbacks.hook.send()
        return c.json('')
      })
    await createApi({ info, sender }, [operation]).request('/x?a=1&key=hunter2&b=2')
    expect(messages[0]?.exchange.request.url).toBe('http://localhost/x?a=1&b=2')
  })
})
