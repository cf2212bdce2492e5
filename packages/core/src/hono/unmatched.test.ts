import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { createApi } from '../api.ts'
import { route } from '../builders/route.ts'
import { problemFormat } from '../problems/problem-format.ts'

const info = { title: 'Orders', version: '1.0.0' }
const at = (method: 'get' | 'put' | 'delete', path: string) =>
  route(method, path)
    .response(204)
    .handle((c) => c.body(null, 204))
const operations = [at('get', '/orders/me'), at('put', '/orders/:id'), at('delete', '/carts/:id')]
const reference = {
  '~routes': [
    { path: '/page', name: 'the page', load: async () => async (c: Context) => c.text('') },
  ],
}
const options = { info, document: '/openapi.json', reference, unmatched: 'problem' } as const

describe('a request that no operation has', () => {
  const app = createApi(options, operations)

  it.each([
    ['DELETE', '/orders/me', 'GET, HEAD, PUT, OPTIONS'],
    ['GET', '/orders/7', 'PUT, OPTIONS'],
    ['HEAD', '/orders/7/', 'PUT, OPTIONS'],
    ['POST', '/openapi.json', 'GET, HEAD, OPTIONS'],
    ['PUT', '/page/', 'GET, HEAD, OPTIONS'],
    ['PROPFIND', '/carts/7', 'DELETE, OPTIONS'],
  ])('gets 405 where its path has other methods: %s %s', async (method, path, allow) => {
    const response = await app.request(path, { method })
    expect([response.status, response.headers.get('allow')]).toEqual([405, allow])
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    if (method === 'HEAD') return
    expect(await response.json()).toEqual({
      type: 'about:blank',
      title: 'Method Not Allowed',
      status: 405,
      detail: `this path has no ${method}; the methods that it has are in the header Allow`,
    })
  })

  it('gets 404 elsewhere', async () => {
    const response = await app.request('/none')
    expect([response.status, response.headers.get('allow')]).toEqual([404, null])
    expect(await response.json()).toMatchObject({ title: 'Not Found', status: 404 })
  })

  it('gets the methods as the response to OPTIONS', async () => {
    const response = await app.request('/orders/7', { method: 'OPTIONS' })
    expect([response.status, response.headers.get('allow')]).toEqual([204, 'PUT, OPTIONS'])
    expect((await app.request('/none', { method: 'OPTIONS' })).status).toBe(404)
  })

  it('gets what is added later, and HEAD what GET has', async () => {
    const later = createApi(options, operations)
    later.get('/orders/:id', (c) => c.text('later'))
    expect(await (await later.request('/orders/7')).text()).toBe('later')
    expect((await later.request('/orders/me', { method: 'HEAD' })).status).toBe(204)
    expect((await later.request('/orders/7', { method: 'POST' })).headers.get('allow')).toBe(
      'GET, HEAD, PUT, OPTIONS',
    )
  })

  it('gets the format of the API', async () => {
    const problems = problemFormat(v.object({ code: v.number() }), ({ status }) => ({
      code: status,
    }))
    const own = createApi({ ...options, problems }, operations)
    const response = await own.request('/none')
    expect([response.headers.get('content-type'), await response.json()]).toEqual([
      'application/json',
      { code: 404 },
    ])
  })

  it("gets Hono's 404 without the option, and of the app that an API is mounted in", async () => {
    for (const one of [createApi({ info }, operations), new Hono().route('/', app)]) {
      const response = await one.request('/orders/7')
      expect([response.status, await response.text()]).toEqual([404, '404 Not Found'])
    }
  })
})
