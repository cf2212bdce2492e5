import { Hono } from 'hono'
import { bearerAuth } from 'hono/bearer-auth'
import { cors } from 'hono/cors'
import { describe, expect, it } from 'vitest'
import { createApi } from '../api.ts'
import { group } from '../builders/group.ts'
import { route } from '../builders/route.ts'
import { securityScheme } from '../builders/security.ts'

const info = { title: 'Orders', version: '1.0.0' }
const origin = 'https://shop.example'
const bearer = securityScheme(
  'bearer',
  { type: 'http', scheme: 'bearer' },
  bearerAuth({ token: 'right' }),
)

const preflight = (app: Hono, path: string, method: string) =>
  app.request(path, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': 'authorization, content-type',
    },
  })
const allowedOrigin = (response: Response) => response.headers.get('access-control-allow-origin')

const open = group({ prefix: '/orders', use: [cors({ origin })], security: [bearer] })
const put = open
  .route('put', '/:id')
  .response(204)
  .handle((c) => c.body(null, 204))
const closed = route('delete', '/orders/:id')
  .response(204)
  .handle((c) => c.body(null, 204))
const api = createApi({ info, document: '/openapi.json' }, [put, closed])

describe('the cors of a group', () => {
  it.each(['/orders/7', '/orders/7/'])(
    'answers the preflight of its operations: %s',
    async (path) => {
      for (const app of [api, new Hono().route('/', api)]) {
        const response = await preflight(app, path, 'PUT')
        expect([response.status, allowedOrigin(response)]).toEqual([204, origin])
        expect(response.headers.get('access-control-allow-headers')).toContain('authorization')
      }
    },
  )

  it('answers no preflight of others', async () => {
    for (const [path, method] of [
      ['/orders/7', 'DELETE'],
      ['/orders/7', 'PATCH'],
      ['/other', 'PUT'],
    ] as const) {
      const response = await preflight(api, path, method)
      expect([response.status, allowedOrigin(response)]).toEqual([404, null])
    }
    // an OPTIONS request that is no preflight
    expect((await api.request('/orders/7', { method: 'OPTIONS' })).status).toBe(404)
  })

  it('lets the request that follows through, which still needs its credentials', async () => {
    const request = (token: string) =>
      api.request('/orders/7', {
        method: 'PUT',
        headers: { origin, authorization: `Bearer ${token}` },
      })
    const response = await request('right')
    expect([response.status, allowedOrigin(response)]).toEqual([204, origin])
    expect((await request('wrong')).status).toBe(401)
  })
})

describe('the cors of an app around the API', () => {
  it('answers preflights, and all responses carry it', async () => {
    const app = new Hono().use(cors({ origin })).route('/', api)
    expect((await preflight(app, '/orders/7', 'DELETE')).status).toBe(204)
    for (const [path, method, status] of [
      ['/orders/7', 'DELETE', 204],
      ['/orders/7', 'PUT', 401],
      ['/openapi.json', 'GET', 200],
      ['/none', 'GET', 404],
    ] as const) {
      const response = await app.request(path, { method, headers: { origin } })
      expect([response.status, allowedOrigin(response)]).toEqual([status, origin])
    }
  })
})

describe('middleware added after createApi', () => {
  it.each(['*', '/*', '/orders/*', '/orders/:id', '/openapi.json'])(
    'is refused for paths that it would never run for: %s',
    (path) => {
      const app = createApi({ info, document: '/openapi.json' }, [put])
      expect(() => app.use(path, cors())).toThrow(
        expect.objectContaining({
          code: 'path',
          message: expect.stringContaining(".use(…).route('/', app)"),
        }),
      )
      if (path === '*') expect(() => app.use(cors())).toThrow()
    },
  )

  it('is added for other paths', async () => {
    const app = createApi({ info }, [put])
    app.use('/orders-old/*', cors({ origin }))
    app.get('/orders-old/7', (c) => c.text('old'))
    const response = await app.request('/orders-old/7', { headers: { origin } })
    expect([await response.text(), allowedOrigin(response)]).toEqual(['old', origin])
  })
})
