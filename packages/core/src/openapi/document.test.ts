import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { callback } from '../builders/callback.ts'
import { route } from '../builders/route.ts'
import type { AnyOperation } from '../definition/operation.ts'
import { type AnySchema, namedSchema } from '../definition/schema.ts'
import { document } from './document.ts'

const info = { title: 'Orders', version: '1.0.0' }
const handler = () => new Response() as never

function documentOf(...operations: AnyOperation[]) {
  return document({ info }, operations)
}

/** The document's response 200 with this schema. */
function responseSchema(schema: v.GenericSchema) {
  const { paths, components } = documentOf(route('get', '/x').response(200, schema).handle(handler))
  const response = paths['/x']?.get?.responses['200']
  const content = response && '$ref' in response ? undefined : response?.content
  return { schema: content?.['application/json']?.schema, components: components?.schemas }
}

/** The document's request body with this schema. */
function bodySchema(schema: v.GenericSchema) {
  const { paths } = documentOf(route('post', '/x').body(schema).response(200).handle(handler))
  return paths['/x']?.post?.requestBody?.content['application/json']?.schema
}

describe('document', () => {
  it('writes an operation with its callbacks', () => {
    const paid = callback('post', '{$request.query.callback_url}/orders/{$request.body#/id}')
      .summary('Order paid')
      .tags('events')
      .body(v.object({ paid: v.boolean() }))
      .response(200, v.object({ ok: v.boolean() }), { description: 'Understood' })
      .response(204)
    const createOrder = route('post', '/tenants/:tenant/orders')
      .operationId('createOrder')
      .summary('Create an order')
      .description('And collect it.')
      .tags('orders')
      .query(v.object({ callback_url: v.optional(v.pipe(v.string(), v.url())) }))
      .headers(v.object({ 'x-user': v.string() }))
      .body(v.object({ id: v.string() }))
      .response(201, v.object({ id: v.string() }))
      .callback('paid', paid)
      .handle(handler)

    const { components, ...rest } = documentOf(createOrder)
    expect(Object.keys(components?.schemas ?? {})).toEqual(['Problem'])
    expect(rest).toMatchInlineSnapshot(`
      {
        "info": {
          "title": "Orders",
          "version": "1.0.0",
        },
        "openapi": "3.1.1",
        "paths": {
          "/tenants/{tenant}/orders": {
            "post": {
              "callbacks": {
                "paid": {
                  "{$request.query.callback_url}/orders/{$request.body#/id}": {
                    "post": {
                      "operationId": "createOrder_paid",
                      "requestBody": {
                        "content": {
                          "application/json": {
                            "schema": {
                              "properties": {
                                "paid": {
                                  "type": "boolean",
                                },
                              },
                              "required": [
                                "paid",
                              ],
                              "type": "object",
                            },
                          },
                        },
                        "required": true,
                      },
                      "responses": {
                        "200": {
                          "content": {
                            "application/json": {
                              "schema": {
                                "properties": {
                                  "ok": {
                                    "type": "boolean",
                                  },
                                },
                                "required": [
                                  "ok",
                                ],
                                "type": "object",
                              },
                            },
                          },
                          "description": "Understood",
                        },
                        "204": {
                          "description": "No Content",
                        },
                      },
                      "summary": "Order paid",
                      "tags": [
                        "events",
                      ],
                    },
                  },
                },
              },
              "description": "And collect it.",
              "operationId": "createOrder",
              "parameters": [
                {
                  "in": "path",
                  "name": "tenant",
                  "required": true,
                  "schema": {
                    "type": "string",
                  },
                },
                {
                  "in": "query",
                  "name": "callback_url",
                  "schema": {
                    "format": "uri",
                    "type": "string",
                  },
                },
                {
                  "in": "header",
                  "name": "x-user",
                  "required": true,
                  "schema": {
                    "type": "string",
                  },
                },
              ],
              "requestBody": {
                "content": {
                  "application/json": {
                    "schema": {
                      "properties": {
                        "id": {
                          "type": "string",
                        },
                      },
                      "required": [
                        "id",
                      ],
                      "type": "object",
                    },
                  },
                },
                "required": true,
              },
              "responses": {
                "201": {
                  "content": {
                    "application/json": {
                      "schema": {
                        "properties": {
                          "id": {
                            "type": "string",
                          },
                        },
                        "required": [
                          "id",
                        ],
                        "type": "object",
                      },
                    },
                  },
                  "description": "Created",
                },
                "400": {
                  "$ref": "#/components/responses/BadRequest",
                },
                "413": {
                  "$ref": "#/components/responses/ContentTooLarge",
                },
                "415": {
                  "$ref": "#/components/responses/UnsupportedMediaType",
                },
                "422": {
                  "$ref": "#/components/responses/UnprocessableContent",
                },
              },
              "summary": "Create an order",
              "tags": [
                "orders",
              ],
            },
          },
        },
        "security": [],
        "servers": [
          {
            "url": "/",
          },
        ],
      }
    `)
  })

  it('documents only the problems that an operation can have', () => {
    const statuses = (operation: AnyOperation) =>
      Object.keys(
        Object.values(Object.values(documentOf(operation).paths)[0] ?? {})[0]?.responses ?? {},
      )
    const get = route('get', '/x').response(200)
    expect(statuses(get.handle(handler))).toEqual(['200'])
    expect(statuses(get.query(v.object({})).handle(handler))).toEqual(['200', '422'])
    expect(statuses(route('post', '/x').body(v.string()).response(200).handle(handler))).toEqual([
      '200',
      '400',
      '413',
      '415',
      '422',
    ])
  })

  it("writes an operation's own response beside the problem of the same status", () => {
    const own = route('post', '/x')
      .body(v.string())
      .response(200)
      .response(413)
      .response(422, v.object({ why: v.string() }), { description: 'Why not' })
      .handle(handler)
    const responses = documentOf(own).paths['/x']?.post?.responses
    const problems = {
      'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
    }
    expect(responses?.['422']).toEqual({
      description: 'Why not',
      content: { 'application/json': { schema: expect.anything() }, ...problems },
    })
    expect(responses?.['413']).toEqual({ description: 'Content Too Large', content: problems })
    expect(responses?.['200']).toEqual({ description: 'OK' })
  })

  it('writes both methods of a path, and the given servers', () => {
    const get = route('get', '/x').response(200).handle(handler)
    const put = route('put', '/x').response(200).handle(handler)
    const servers = [{ url: 'https://api.example.com' }]
    const written = document({ info, servers }, [get, put])
    expect(Object.keys(written.paths['/x'] ?? {})).toEqual(['get', 'put'])
    expect(written.servers).toEqual(servers)
  })

  it.each([
    ['/orders/:id', '/orders/{id}', ['id']],
    ['/orders/:id{[0-9]+}/lines/:line', '/orders/{id}/lines/{line}', ['id', 'line']],
  ])('writes the path %s', (path, written, names) => {
    const { paths } = documentOf(route('get', path).response(200).handle(handler))
    expect(Object.keys(paths)).toEqual([written])
    expect(paths[written]?.get?.parameters).toEqual(
      names.map((name) => ({
        name,
        in: 'path',
        required: true,
        // that of the path, which `fields.test.ts` tests
        schema: expect.objectContaining({ type: 'string' }),
      })),
    )
  })

  it.each([
    ['a wildcard', route('get', '/files/*').response(200), 'path'],
    ['an optional path parameter', route('get', '/x/:id?').response(200), 'path'],
    [
      'a path parameter that the path lacks',
      route('get', '/x')
        .params(v.object({ id: v.string() }))
        .response(200),
      'path',
    ],
    ['an operation without a response', route('get', '/x'), 'schema'],
    [
      'a callback without a response',
      route('get', '/x').response(200).callback('c', callback('post', 'https://a.example')),
      'schema',
    ],
    ['a query that is no object', route('get', '/x').query(v.string()).response(200), 'schema'],
    [
      'two ids alike',
      route('get', '/x')
        .operationId('a')
        .response(200)
        .callback('c', callback('post', 'https://a.example').operationId('a').response(200)),
      'duplicate-name',
    ],
  ])('refuses %s', (_, builder, code) => {
    const operation = {
      '~definition': builder['~definition'],
      '~handler': handler,
      operationId: '',
    }
    expect(() => documentOf(operation)).toThrow(expect.objectContaining({ code }))
  })

  it.each([
    ['/x', '/x/', 'get', 'duplicate-name'],
    ['/u/:id', '/u/:name', 'get', 'duplicate-name'],
    ['/u/:id', '/u/:name{[0-9]+}', 'get', 'duplicate-name'],
    ['/u/:id', '/u/:name', 'put', 'path'],
  ] as const)('refuses GET %s beside %s for %s, naming both', (path, other, method, code) => {
    const build = () =>
      documentOf(
        route('get', path).response(200).handle(handler),
        route(method, other).operationId('other').response(200).handle(handler),
      )
    expect(build).toThrow(expect.objectContaining({ code }))
    expect(build).toThrow(`GET ${path} and ${method.toUpperCase()} ${other} `)
  })
})

describe('the schemas of a document', () => {
  it('are components where they have a name', () => {
    const Line = namedSchema('Line', v.object({ sku: v.string() }))
    const Order = v.pipe(v.object({ lines: v.array(Line) }), v.title('Order'))
    const { schema, components } = responseSchema(v.object({ order: Order, first: Line }))
    expect(schema).toEqual({
      type: 'object',
      properties: {
        order: { $ref: '#/components/schemas/Order' },
        first: { $ref: '#/components/schemas/Line' },
      },
      required: ['order', 'first'],
    })
    expect(components).toEqual({
      Line: { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] },
      Order: {
        title: 'Order',
        type: 'object',
        properties: { lines: { type: 'array', items: { $ref: '#/components/schemas/Line' } } },
        required: ['lines'],
      },
    })
  })

  it('may be recursive where they have a name', () => {
    interface Tree {
      children: Tree[]
    }
    const Tree: v.GenericSchema<Tree> = namedSchema(
      'Tree',
      v.object({ children: v.array(v.lazy(() => Tree)) }),
    )
    const { schema, components } = responseSchema(Tree)
    expect(schema).toEqual({ $ref: '#/components/schemas/Tree' })
    expect(components?.Tree).toMatchObject({
      properties: { children: { items: { $ref: '#/components/schemas/Tree' } } },
    })
  })

  it('are two components where input and output differ', () => {
    const Total = namedSchema('Total', v.pipe(v.string(), v.decimal(), v.toNumber(), v.number()))
    const Order = namedSchema('Order', v.object({ total: Total }))
    const { components, paths } = documentOf(
      route('post', '/x').body(Order).response(200, Order).handle(handler),
    )
    expect(paths['/x']?.post?.requestBody?.content['application/json']?.schema).toEqual({
      $ref: '#/components/schemas/Order',
    })
    expect(components?.schemas).toMatchObject({
      Order: { properties: { total: { $ref: '#/components/schemas/Total' } } },
      OrderOutput: { properties: { total: { $ref: '#/components/schemas/TotalOutput' } } },
      Total: { type: 'string' },
      TotalOutput: { type: 'number' },
    })
  })

  it('must not share a name', () => {
    const build = () =>
      responseSchema(v.object({ a: namedSchema('A', v.string()), b: namedSchema('A', v.number()) }))
    expect(build).toThrow(expect.objectContaining({ code: 'duplicate-name' }))
    expect(build).toThrow(/'A'/)
  })

  it('may be recursive and have two sides', () => {
    interface Tree {
      size: number
      children: Tree[]
    }
    const Tree: v.GenericSchema<unknown, Tree> = namedSchema(
      'Tree',
      v.object({
        size: v.pipe(v.string(), v.toNumber(), v.number()),
        children: v.array(v.lazy(() => Tree)),
      }),
    )
    const { components } = documentOf(
      route('post', '/x').body(Tree).response(200, Tree).handle(handler),
    )
    expect(components?.schemas).toMatchObject({
      Tree: { properties: { children: { items: { $ref: '#/components/schemas/Tree' } } } },
      TreeOutput: {
        properties: { children: { items: { $ref: '#/components/schemas/TreeOutput' } } },
      },
    })
  })

  it('share a component where title and content are equal, and are written inline where they are not', () => {
    const titled = <TSchema extends v.GenericSchema>(schema: TSchema) =>
      v.pipe(schema, v.title('Id'))
    const { schema, components } = responseSchema(
      v.object({ a: titled(v.string()), b: titled(v.string()), c: titled(v.number()) }),
    )
    expect(schema).toMatchObject({
      properties: {
        a: { $ref: '#/components/schemas/Id' },
        b: { $ref: '#/components/schemas/Id' },
        c: { type: 'number', title: 'Id' },
      },
    })
    expect(components).toEqual({ Id: { type: 'string', title: 'Id' } })
  })

  it('must have a name that a reference can hold', () => {
    expect(() => responseSchema(namedSchema('a b', v.string()))).toThrow(
      expect.objectContaining({ code: 'schema' }),
    )
  })

  it('must have a JSON form; the error has place and remedy', () => {
    expect(() => responseSchema(v.bigint())).toThrow(
      /the 200 response of GET \/x cannot be documented: valibot's 'bigint' .* End the schema/,
    )
  })

  it('may be dates in an output, not in a JSON input', () => {
    const Dated = v.object({ at: v.date() })
    const at = { type: 'string', format: 'date-time' }
    expect(responseSchema(Dated).schema).toMatchObject({ properties: { at } })
    const { paths } = documentOf(route('get', '/x').query(Dated).response(200).handle(handler))
    expect(paths['/x']?.get?.parameters).toMatchObject([{ name: 'at', in: 'query', schema: at }])
    expect(() => documentOf(route('post', '/x').body(Dated).response(200).handle(handler))).toThrow(
      /the body of POST \/x cannot be documented: at '\/at', valibot's 'date'/,
    )
  })

  it('may be files in a form', () => {
    const Upload = v.object({ file: v.pipe(v.file(), v.mimeType(['image/png']), v.maxSize(9)) })
    const { paths } = documentOf(
      route('post', '/x').bodyAs('multipart/form-data', Upload).response(200).handle(handler),
    )
    expect(paths['/x']?.post?.requestBody?.content['multipart/form-data']?.schema).toMatchObject({
      properties: { file: { type: 'string', format: 'binary', contentMediaType: 'image/png' } },
    })
  })

  it('leave out checks that JSON Schema has no keyword for', () => {
    const { schema } = responseSchema(
      v.pipe(
        v.string(),
        v.trim(),
        v.minLength(2),
        v.check(() => true),
        v.brand('Name'),
        v.readonly(),
      ),
    )
    expect(schema).toEqual({ type: 'string', minLength: 2 })
  })

  it.each([
    ['words', v.pipe(v.string(), v.maxWords('en', 3), v.minLength(2))],
    ['flags of a regular expression', v.pipe(v.string(), v.regex(/^a/i), v.minLength(2))],
    ['a number of cards', v.pipe(v.string(), v.creditCard(), v.minLength(2))],
    ['an order of texts', v.pipe(v.string(), v.minValue('2020'), v.minLength(2))],
    ['a case', v.pipe(v.string(), v.toSnakeCase(), v.minLength(2))],
  ])('leave out %s', (_, schema) => {
    expect(bodySchema(schema)).toEqual({ type: 'string', minLength: 2 })
  })

  it.each([
    ['finite', v.pipe(v.number(), v.finite()), 'number'],
    ['every item', v.pipe(v.array(v.any()), v.everyItem(Boolean), v.sortItems()), 'array'],
    ['excluded items', v.pipe(v.array(v.any()), v.excludes('a')), 'array'],
    [
      'a guard',
      v.pipe(
        v.string(),
        v.guard((text): text is 'a' => text === 'a'),
      ),
      'string',
    ],
  ])('leave out %s, but for the type', (_, schema, type) => {
    expect(bodySchema(schema)).toMatchObject({ type })
  })

  it('have no `required` where no member is', () => {
    const Filter = v.object({ tags: v.optional(v.object({ any: v.optional(v.string()) })) })
    expect(bodySchema(Filter)).toEqual({
      type: 'object',
      properties: { tags: { type: 'object', properties: { any: { type: 'string' } } } },
    })
  })

  it('may have two patterns', () => {
    expect(bodySchema(v.pipe(v.string(), v.startsWith('a'), v.endsWith('b')))).toEqual({
      type: 'string',
      pattern: '^a',
      allOf: [{ pattern: 'b$' }],
    })
  })

  it('are converted by their library where it can', () => {
    const convert = (side: string) => () => ({ $schema: 'x', type: 'string', title: side })
    const standard = {
      version: 1,
      vendor: 'other',
      validate: (value: unknown) => ({ value }),
      jsonSchema: { input: convert('input'), output: convert('output') },
    } as const
    const Schema: AnySchema = namedSchema('Other', { '~standard': standard })
    const { paths, components } = documentOf(
      route('post', '/x').body(Schema).response(200).handle(handler),
    )
    expect(paths['/x']?.post?.requestBody?.content['application/json']?.schema).toEqual({
      $ref: '#/components/schemas/Other',
    })
    expect(components?.schemas?.Other).toEqual({ type: 'string', title: 'input' })
  })

  it('of a library without a converter are an error that names it', () => {
    const validate = (value: unknown) => ({ value })
    const Schema: AnySchema = { '~standard': { version: 1, vendor: 'other', validate } }
    const operation = route('post', '/x').body(Schema).response(200).handle(handler)
    expect(() => documentOf(operation)).toThrow(/the body of POST \/x .* other schemas/)
  })
})
