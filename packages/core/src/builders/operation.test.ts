import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { keepingSender } from '../../test/keeping-sender.ts'
import { createApi } from '../api.ts'
import { apiRuntime } from '../hono/runtime.ts'
import { document, fragment } from '../openapi/document.ts'
import { callback } from './callback.ts'
import { route } from './route.ts'

const info = { title: 'T', version: '1' }
const setUser = createMiddleware<{ Variables: { user: string } }>(async (c, next) => {
  c.set('user', 'ada')
  await next()
})
const createOrder = route('post', '/tenants/:tenant/orders')
  .use(setUser)
  .query(v.object({ n: v.number() }))
  .body(v.object({ callbackUrl: v.string() }))
  .response(201, v.object({ user: v.string(), tenant: v.string(), n: v.number() }))
  .callback('paid', callback('post', '{$request.body#/callbackUrl}?from={$url}').response(204))
  .handle(async (c, { callbacks }) => {
    await callbacks.paid.send()
    const { n } = c.req.valid('query')
    return c.json({ user: c.var.user, tenant: c.req.param('tenant'), n }, 201)
  })

const { messages, sender } = keepingSender()

const byHand = new Hono()
  .use(apiRuntime({ sender }))
  .on('post', createOrder.paths, ...createOrder.handlers)

const apps = {
  'an API of its own': ['', createApi({ info, sender }, [createOrder])],
  'an API under another app': [
    '/v1',
    new Hono().route('/v1', createApi({ info, sender }, [createOrder])),
  ],
  'an API under a base path': [
    '/v1/in',
    new Hono().basePath('/v1').route('/in', createApi({ info, sender }, [createOrder])),
  ],
  'by hand': ['', byHand],
  'by hand, under another app': ['/v2', new Hono().route('/v2', byHand)],
  'by hand, where a slash at the end does not count': [
    '',
    new Hono({ strict: false })
      .use(apiRuntime({ sender }))
      .post('/tenants/:tenant/orders', ...createOrder.handlers),
  ],
} as const

describe.each(Object.entries(apps))('an operation in %s', (_, [base, app]) => {
  it.each(['', '/'])('answers and sends at its path with "%s" at the end', async (slash) => {
    const path = `${base}/tenants/t1/orders${slash}?n=3`
    const response = await app.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"callbackUrl":"https://a.example"}',
    })
    expect([response.status, await response.json()]).toEqual([
      201,
      { user: 'ada', tenant: 't1', n: 3 },
    ])
    expect(messages.at(-1)).toMatchObject({
      name: 'paid',
      operationId: 'postTenantsByTenantOrders',
      exchange: { request: { url: `http://localhost${path}` } },
    })
  })

  it('responds with problems', async () => {
    const response = await app.request(`${base}/tenants/t1/orders?n=x`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({
      errors: [
        { in: 'query', pointer: '/n' },
        { in: 'body', pointer: '/callbackUrl' },
      ],
    })
  })
})

describe('an operation by hand', () => {
  it('refuses to send without a sender', async () => {
    const errors: Error[] = []
    const app = new Hono().on('post', createOrder.paths, ...createOrder.handlers)
    app.onError((error, c) => {
      errors.push(error)
      return c.text('', 500)
    })
    await app.request('/tenants/t1/orders?n=1', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"callbackUrl":"https://a.example"}',
    })
    expect(errors).toEqual([
      expect.objectContaining({
        code: 'no-sender',
        message: expect.stringContaining('apiRuntime('),
      }),
    ])
  })

  it('has its fragment in the document', () => {
    const whole = document({ info }, [createOrder])
    expect(fragment(createOrder)).toEqual({ paths: whole.paths, components: whole.components })
    expect(Object.keys(whole.paths['/tenants/{tenant}/orders']?.post?.callbacks ?? {})).toEqual([
      'paid',
    ])
  })
})

it('leaves hidden operations out of the document, and serves them', async () => {
  const secret = route('get', '/files/*')
    .hidden()
    .response(204)
    .handle((c) => c.body(null, 204))
  const app = createApi({ info, document: '/openapi.json' }, [secret, createOrder])
  expect((await app.request('/files/a/b')).status).toBe(204)
  const { paths } = (await (await app.request('/openapi.json')).json()) as { paths: object }
  expect(Object.keys(paths)).toEqual(['/tenants/{tenant}/orders'])
})
