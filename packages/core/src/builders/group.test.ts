import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { keepingSender } from '../../test/keeping-sender.ts'
import { createApi } from '../api.ts'
import { document } from '../openapi/document.ts'
import { problemFormat } from '../problems/problem-format.ts'
import { callback } from './callback.ts'
import { group } from './group.ts'
import { securityScheme } from './security.ts'
import { whenDeclared } from './when-declared.ts'

const info = { title: 'T', version: '1' }
const Order = v.object({ callbackUrl: v.string() })
const shipped = callback('post', '{$request.body#/callbackUrl}/{$request.path.tenant}/shipped')
  .body(v.object({ id: v.string() }))
  .response(204)

const setUser = createMiddleware<{ Variables: { user: string } }>(async (c, next) => {
  c.set('user', 'ada')
  await next()
})
const setTenant = createMiddleware<{ Variables: { tenant: string } }>(async (c, next) => {
  c.set('tenant', `${c.req.param('tenant')}`)
  await next()
})
const key = securityScheme(
  'key',
  { type: 'apiKey', in: 'header', name: 'x-key' },
  createMiddleware(async (c, next) =>
    c.req.header('x-key') === 'right' ? await next() : c.text('no', 401),
  ),
)

describe('group', () => {
  const api = group({
    tags: ['api'],
    responses: { 404: v.object({ detail: v.string() }) },
    use: [setUser],
  })
  const orders = api.group({
    prefix: '/tenants/:tenant/orders',
    tags: ['orders'],
    security: [key],
    callbacks: { shipped },
    use: [setTenant],
  })
  const ship = orders
    .route('put', '/:id/ship')
    .tags('ship')
    .body(Order)
    .response(200, v.object({ user: v.string(), tenant: v.string(), id: v.string() }))
    .handle(async (c, { callbacks }) => {
      const id = c.req.param('id')
      if (id === '0') return c.json({ detail: 'none' }, 404)
      await callbacks.shipped.send({ id })
      return c.json({ user: c.var.user, tenant: c.var.tenant, id }, 200)
    })
  const list = api
    .group({ prefix: '/tenants/:tenant' })
    .route('get', '/')
    .response(200, v.string())
    .handle((c) => c.json(c.var.user))

  const { messages, sender } = keepingSender()
  const app = createApi({ info, sender }, [ship, list])
  const request = {
    method: 'PUT',
    body: '{"callbackUrl":"https://a.example"}',
    headers: { 'content-type': 'application/json', 'x-key': 'right' },
  }

  it('adds prefix, parameters, variables, responses and callbacks', async () => {
    const response = await app.request('/tenants/t1/orders/7/ship', request)
    expect(await response.json()).toEqual({ user: 'ada', tenant: 't1', id: '7' })
    expect(messages).toMatchObject([{ name: 'shipped', payload: { id: '7' } }])
    expect(messages[0]?.exchange.request.pathParams).toEqual({ tenant: 't1' })
    expect((await app.request('/tenants/t1/orders/0/ship', request)).status).toBe(404)
    expect(await (await app.request('/tenants/t1/')).json()).toBe('ada')
    expect(await (await app.request('/tenants/t1')).json()).toBe('ada')
  })

  it('enforces security before it reads the request', async () => {
    const response = await app.request('/tenants/t1/orders/7/ship', {
      ...request,
      headers: {},
      body: '{',
    })
    expect([response.status, await response.text()]).toEqual([401, 'no'])
  })

  it('is documented on each of its operations', () => {
    const { paths, components } = document({ info }, [ship, list])
    const put = paths['/tenants/{tenant}/orders/{id}/ship']?.put
    expect(put).toMatchObject({
      tags: ['api', 'orders', 'ship'],
      security: [{ key: [] }],
      parameters: [{ name: 'tenant' }, { name: 'id' }],
      responses: { 200: {}, 401: {}, 404: {} },
      callbacks: {
        shipped: { '{$request.body#/callbackUrl}/{$request.path.tenant}/shipped': { post: {} } },
      },
    })
    expect(JSON.stringify(put?.callbacks)).toContain(
      '"operationId":"putTenantsByTenantOrdersByIdShip_shipped"',
    )
    expect(paths['/tenants/{tenant}']?.get?.tags).toEqual(['api'])
    expect(components?.securitySchemes).toEqual({
      key: { type: 'apiKey', in: 'header', name: 'x-key' },
    })
  })

  it('refuses an operation that does not declare the values of a callback', () => {
    const operation = orders.route('get', '/list').response(204)
    expect(() => operation.handle((c) => c.body(null, 204))).toThrow(
      expect.objectContaining({
        code: 'expression',
        message:
          "the callback 'shipped', inherited from the group '/tenants/:tenant/orders', of GET /tenants/:tenant/orders/list: " +
          "declare the body before the callback that reads it; declare it, or give the group '/tenants/:tenant/orders' whenDeclared(…)",
      }),
    )
  })

  it('adds a callback with whenDeclared only to operations that declare its values', () => {
    const some = group({ callbacks: { shipped: whenDeclared(shipped) } })
    const without = some.route('post', '/:tenant').response(204)
    const with_ = some.route('post', '/:tenant/with').body(Order).response(204)
    const names = (operation: { '~definition': { callbacks: object } }) =>
      Object.keys(operation['~definition'].callbacks)
    expect(names(without.handle((c) => c.body(null, 204)))).toEqual([])
    expect(names(with_.handle((c) => c.body(null, 204)))).toEqual(['shipped'])
  })

  it('names both places of a callback that is declared twice', () => {
    const twice =
      "the callback 'shipped' is declared by the group '/tenants/:tenant/orders' and by "
    expect(() => orders.route('put', '/x').body(Order).callback('shipped', shipped)).toThrow(
      expect.objectContaining({
        code: 'duplicate-name',
        message: `${twice}the operation PUT /tenants/:tenant/orders/x; give one of them another name`,
      }),
    )
    expect(() => orders.group({ prefix: '/in', callbacks: { shipped } })).toThrow(
      expect.objectContaining({
        message: `${twice}the group '/tenants/:tenant/orders/in'; give one of them another name`,
      }),
    )
  })

  it('words problems', async () => {
    const words = problemFormat(v.string(), ({ status }) => `no: ${status}`)
    const operation = group({ problems: words })
      .group({ prefix: '/a' })
      .route('get', '/')
      .query(v.object({ n: v.number() }))
      .response(204)
      .handle((c) => c.body(null, 204))
    expect(await (await createApi({ info }, [operation]).request('/a')).json()).toBe('no: 422')
    const { paths } = document({ info }, [operation])
    expect(paths['/a']?.get?.responses[422]).toMatchObject({
      content: { 'application/json': { schema: { type: 'string' } } },
    })
  })

  it.each(['orders', '/orders/'])('refuses the prefix %j', (prefix) => {
    expect(() => group({ prefix })).toThrow(expect.objectContaining({ code: 'path' }))
  })

  it('refuses a path without a slash, and a response declared twice', () => {
    expect(() => orders.route('get', 'x')).toThrow(expect.objectContaining({ code: 'path' }))
    expect(() => api.group({ responses: { 404: v.string() } })).toThrow(
      expect.objectContaining({ code: 'set-twice' }),
    )
    expect(() => orders.route('get', '/x').response(404)).toThrow(
      'the operation GET /tenants/:tenant/orders/x declares the response 404, as the group without a prefix does, and so twice',
    )
  })

  it('leaves the outer group unchanged', () => {
    const before = api.route('get', '/').response(204)['~definition']
    api.group({ prefix: '/x', tags: ['x'], use: [setUser as MiddlewareHandler] })
    expect(api.route('get', '/').response(204)['~definition']).toEqual(before)
  })
})
