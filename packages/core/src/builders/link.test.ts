import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { document, fragment } from '../openapi/document.ts'
import { type LinkOptions, link } from './link.ts'
import { route } from './route.ts'

const info = { title: 'T', version: '1' }
const getOrder = route('get', '/tenants/:tenant/orders/:id')
  .query(v.object({ expand: v.optional(v.boolean()), id: v.optional(v.string()) }))
  .headers(v.object({ 'x-view': v.optional(v.string()) }))
  .response(204)
  .handle((c) => c.body(null, 204))

const createOrder = route('post', '/tenants/:tenant/orders')
  .query(v.object({ view: v.optional(v.string()) }))
  .response(201, v.object({ id: v.string() }), { headers: v.object({ location: v.string() }) })
  .response(202, v.object({ job: v.string() }))

const attach = (options: LinkOptions) =>
  createOrder.link('getOrder' as never, link(getOrder, options))

describe('link', () => {
  it('is documented in its response, by operationId', () => {
    const linked = createOrder
      .link(
        'getOrder',
        link(getOrder, {
          status: 201,
          parameters: {
            tenant: '$request.path.tenant',
            'path.id': '$response.body#/id',
            expand: true,
            'x-view': '$view',
          },
          requestBody: '$response.body',
          description: 'the order',
        }),
      )
      .handle((c) => c.json({ job: '1' }, 202))
    const { paths } = document({ info }, [linked, getOrder])
    expect(paths['/tenants/{tenant}/orders']?.post?.responses).toMatchObject({
      201: {
        headers: { location: { required: true, schema: { type: 'string' } } },
        links: {
          getOrder: {
            operationId: 'getTenantsByTenantOrdersById',
            parameters: {
              tenant: '$request.path.tenant',
              'path.id': '$response.body#/id',
              expand: true,
              'x-view': '$request.query.view',
            },
            requestBody: '$response.body',
            description: 'the order',
          },
        },
      },
    })
    expect(() => document({ info }, [linked])).toThrow(
      expect.objectContaining({
        code: 'path',
        message: expect.stringMatching(/leads to GET .* which is not among the operations/),
      }),
    )
  })

  it.each<[LinkOptions, string]>([
    [{ status: 200 }, 'the response 200 is not declared; declare it before the link'],
    [
      { status: 201, parameters: { idd: '1' } },
      "the linked operation has no parameter 'idd'; did you mean 'id'?",
    ],
    [{ status: 201, parameters: { id: '$response.body#/job' } }, "no declared response has '/job'"],
    [{ status: 202, parameters: { id: '$response.body#/id' } }, "no declared response has '/id'"],
    [
      { status: 201, parameters: { id: '$response.header.locatio' } },
      "response header 'locatio' is not declared; did you mean 'location'?",
    ],
    [
      { status: 202, parameters: { id: '$response.header.location' } },
      "declare the response's headers before the link that reads them",
    ],
    [
      { status: 201, parameters: { id: '$request.query.vieww' } },
      "query parameter 'vieww' is not declared; did you mean 'view'?",
    ],
    [
      { status: 201, requestBody: '$request.body#/a' },
      'declare the body before the link that reads it',
    ],
  ])('refuses %j', (options, problem) => {
    expect(() => attach(options)).toThrow(
      expect.objectContaining({
        code: 'expression',
        message: `the link 'getOrder' of POST /tenants/:tenant/orders: ${problem}`,
      }),
    )
  })

  it('can lead out of a fragment, to the rest of the document', () => {
    const linked = attach({ status: 201, parameters: { id: '1' } }).handle((() => {}) as never)
    const post = fragment(linked).paths['/tenants/{tenant}/orders']?.post
    expect(post?.responses['201']).toMatchObject({
      links: { getOrder: { operationId: expect.any(String), parameters: { id: '1' } } },
    })
  })

  it('takes constants unchanged', () => {
    const definition = attach({ status: 201, parameters: { id: 'a{$b}', expand: null } })[
      '~definition'
    ]
    expect(definition.links.getOrder?.parameters).toEqual({ id: 'a{$b}', expand: null })
  })
})
