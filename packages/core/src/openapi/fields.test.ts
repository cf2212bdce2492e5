import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { keepingSender } from '../../test/keeping-sender.ts'
import { createApi } from '../api.ts'
import { callback } from '../builders/callback.ts'
import { group } from '../builders/group.ts'
import { route } from '../builders/route.ts'
import { webhook } from '../builders/webhook.ts'
import type { CallbackSender } from '../definition/delivery.ts'
import { namedSchema } from '../definition/schema.ts'
import { document } from './document.ts'

const info = { title: 'T', version: '1' }
const response = () => new Response() as never
const hook = callback('post', 'https://a.example').response(204)

describe('a parameter', () => {
  it('takes over the description of its schema', () => {
    const Query = v.object({
      page: v.pipe(
        v.number(),
        v.integer(),
        v.description('Which page'),
        v.metadata({ deprecated: true }),
      ),
    })
    const { paths } = document({ info }, [
      route('get', '/:id')
        .params(v.object({ id: v.pipe(v.string(), v.description('Whose')) }))
        .query(Query)
        .response(204)
        .handle(response),
    ])
    expect(paths['/{id}']?.get?.parameters).toEqual([
      { name: 'id', in: 'path', required: true, description: 'Whose', schema: { type: 'string' } },
      {
        name: 'page',
        in: 'query',
        required: true,
        description: 'Which page',
        deprecated: true,
        schema: { type: 'integer' },
      },
    ])
  })

  it('of a path has the pattern that the path gives it', () => {
    const path = '/:a{[0-9]+}/:b{x|y}/:c/:d{[0-9]+}/:e{[a-z]+}'
    const schemaOf = (schema: v.GenericSchema | undefined) => {
      const start = route('get', path)
      const { paths } = document({ info }, [
        (schema ? start.params(schema) : start).response(204).handle(response),
      ])
      const parameters = paths['/{a}/{b}/{c}/{d}/{e}']?.get?.parameters ?? []
      return parameters.map((one) => ('schema' in one ? one.schema : one))
    }
    const text = { type: 'string' }
    const patterns = [
      { ...text, pattern: '^[0-9]+$' },
      { ...text, pattern: '^(?:x|y)$' },
      text,
      { ...text, pattern: '^[0-9]+$' },
      { ...text, pattern: '^[a-z]+$' },
    ]
    expect(schemaOf(undefined)).toEqual(patterns)
    const declared = v.object({
      b: v.pipe(v.string(), v.description('x or y')),
      d: v.number(),
      e: v.pipe(v.string(), v.regex(/^q/)),
    })
    expect(schemaOf(declared)).toEqual([
      patterns[0],
      patterns[1],
      text,
      { type: 'number' },
      { ...text, pattern: '^q' },
    ])
    // a component belongs to several paths
    expect(schemaOf(namedSchema('Shared', declared))[1]).toEqual({
      $ref: '#/components/parameters/Shared.b',
    })
  })

  it('of a schema with a name is a component, and so is a header', () => {
    const Paging = namedSchema('Paging', v.object({ page: v.optional(v.number()) }))
    const Limits = namedSchema('Limits', v.object({ 'x-left': v.number() }))
    const operations = ['/a', '/b'].map((path) =>
      route('get', path)
        .query(Paging)
        .response(204, undefined, { headers: Limits })
        .handle(response),
    )
    const { paths, components } = document({ info }, operations)
    for (const path of ['/a', '/b']) {
      expect(paths[path]?.get).toMatchObject({
        parameters: [{ $ref: '#/components/parameters/Paging.page' }],
        responses: {
          204: { headers: { 'x-left': { $ref: '#/components/headers/Limits.x-left' } } },
        },
      })
    }
    expect(components).toMatchObject({
      parameters: { 'Paging.page': { name: 'page', in: 'query', schema: { type: 'number' } } },
      headers: { 'Limits.x-left': { required: true, schema: { type: 'number' } } },
    })
    expect(components?.schemas).not.toHaveProperty('Paging')
  })

  it('of a path is one, too, where it is declared', () => {
    const Square = namedSchema('Square', v.object({ row: v.pipe(v.number(), v.integer()) }))
    const { paths, components } = document({ info }, [
      route('get', '/:game/:row').params(Square).response(204).handle(response),
    ])
    expect(paths['/{game}/{row}']?.get?.parameters).toEqual([
      { name: 'game', in: 'path', required: true, schema: { type: 'string' } },
      { $ref: '#/components/parameters/Square.row' },
    ])
    expect(components?.parameters).toEqual({
      'Square.row': { name: 'row', in: 'path', required: true, schema: { type: 'integer' } },
    })
  })

  it('must not have the name of a different one', () => {
    const operations = [v.number(), v.string()].map((page, index) =>
      route('get', `/${index}`)
        .query(namedSchema('Paging', v.object({ page })))
        .response(204)
        .handle(response),
    )
    expect(() => document({ info }, operations)).toThrow(
      expect.objectContaining({
        code: 'duplicate-name',
        message:
          "GET /0 and GET /1 have different parameters named 'Paging.page'; give the schema of one of them another name",
      }),
    )
  })
})

describe('a response or callback that several operations share', () => {
  const NotFound = namedSchema('NotFound', v.object({ detail: v.string() }))
  const start = group({ responses: { 404: NotFound, 409: v.string() }, callbacks: { hook } })
  const operations = ['/a', '/b'].map((path) =>
    start.route('get', path).response(204).handle(response),
  )

  it('is written once', () => {
    const { paths, components } = document({ info }, operations)
    expect(paths['/b']?.get).toMatchObject({
      callbacks: { hook: { $ref: '#/components/callbacks/hook' } },
      responses: {
        404: { $ref: '#/components/responses/NotFound' },
        409: { description: 'Conflict' },
      },
    })
    expect(components?.callbacks?.hook).toMatchObject({
      'https://a.example': { post: { operationId: 'hook' } },
    })
    expect(components?.responses?.NotFound).toMatchObject({ description: 'Not Found' })
  })

  it('is written inline when one operation has it', () => {
    const { paths, components } = document({ info }, operations.slice(1))
    expect(paths['/b']?.get?.callbacks?.hook).toHaveProperty(['https://a.example'])
    expect(components).not.toHaveProperty('callbacks')
  })

  it('has one operationId, which nothing else has', () => {
    const named = group({ callbacks: { hook: hook.operationId('its') } })
    const two = ['/a', '/b'].map((path) => named.route('get', path).response(204).handle(response))
    const { components } = document({ info }, two)
    expect(components?.callbacks?.hook).toMatchObject({
      'https://a.example': { post: { operationId: 'its' } },
    })
    const third = (id: string) => route('get', '/c').operationId(id).response(204).handle(response)
    expect(() => document({ info }, [...two, third('its')])).toThrow(/share the operationId 'its'/)
    expect(() => document({ info }, [...operations, third('hook')])).toThrow(
      /GET \/c and the shared callback 'hook' share the operationId 'hook'/,
    )
  })

  it('has a number where its name is taken', () => {
    const other = group({ callbacks: { hook: callback('put', 'https://b.example').response(204) } })
    const more = ['/c', '/d'].map((path) => other.route('get', path).response(204).handle(response))
    const { paths } = document({ info }, [...operations, ...more])
    expect(paths['/d']?.get?.callbacks).toEqual({ hook: { $ref: '#/components/callbacks/hook2' } })
  })
})

describe('a body', () => {
  it('has a description, examples and an encoding', () => {
    const Upload = v.object({ file: v.file() })
    const { paths } = document({ info }, [
      route('post', '/x')
        .bodyAs('multipart/form-data', Upload, {
          description: 'What is kept',
          examples: { small: { summary: 'Small', value: { file: 'a' } } },
          encoding: { file: { contentType: 'image/png, image/jpeg' } },
        })
        .response(200, v.string(), { examples: { ok: { value: 'a' } } })
        .responseAs(200, 'text/csv', v.string(), { examples: { csv: { value: 'a,b' } } })
        .handle(response),
    ])
    expect(paths['/x']?.post).toMatchObject({
      requestBody: {
        description: 'What is kept',
        content: {
          'multipart/form-data': {
            examples: { small: { summary: 'Small' } },
            encoding: { file: { contentType: 'image/png, image/jpeg' } },
          },
        },
      },
      responses: {
        200: {
          content: {
            'application/json': { examples: { ok: { value: 'a' } } },
            'text/csv': { examples: { csv: { value: 'a,b' } } },
          },
        },
      },
    })
  })
})

describe('OpenAPI 3.2', () => {
  const Tick = v.object({ at: v.number() })
  const ticks = route('get', '/ticks')
    .responseAs(200, 'text/event-stream', Tick, { summary: 'Ticks' })
    .handle(response)

  it('describes an event of a stream', () => {
    const { openapi, paths } = document({ info, openapi: '3.2' }, [ticks])
    expect(openapi).toBe('3.2.0')
    expect(paths['/ticks']?.get?.responses[200]).toMatchObject({
      summary: 'Ticks',
      content: {
        'text/event-stream': {
          itemSchema: {
            properties: {
              data: { contentMediaType: 'application/json', contentSchema: { type: 'object' } },
              event: { type: 'string' },
            },
          },
        },
      },
    })
  })

  it('is not the default, and 3.1 has no such fields', () => {
    const { openapi, paths } = document({ info }, [ticks])
    expect(openapi).toBe('3.1.1')
    const response = paths['/ticks']?.get?.responses[200]
    expect(response).not.toHaveProperty('summary')
    expect(response).toMatchObject({
      content: { 'text/event-stream': { schema: { type: 'object' } } },
    })
  })
})

describe('extend', () => {
  const bare = route('get', '/x')
    .query(v.object({ page: v.optional(v.array(v.number())) }))
    .response(200, v.string())

  it('merges fields that no method writes', () => {
    const operation = bare
      .extend({ servers: [{ url: 'https://eu.example' }], 'x-internal': true })
      .extend({
        parameters: { 'query.page': { style: 'pipeDelimited', explode: false } },
        responses: { 200: { content: { 'application/json': { example: 'a' } } } },
      })
      .callback('hook', hook.extend({ 'x-event': 'hooked' }))
      .handle(response)
    const { paths } = document({ info }, [operation])
    expect(paths['/x']?.get).toMatchObject({
      servers: [{ url: 'https://eu.example' }],
      'x-internal': true,
      parameters: [
        { name: 'page', style: 'pipeDelimited', explode: false, schema: { type: 'array' } },
      ],
      responses: {
        200: {
          description: 'OK',
          content: { 'application/json': { schema: { type: 'string' }, example: 'a' } },
        },
      },
      callbacks: { hook: { 'https://a.example': { post: { 'x-event': 'hooked' } } } },
    })
  })

  it('merges into the whole document', () => {
    const shipped = webhook('post', 'shipped').extend({ 'x-w': 1 }).response(204)
    const { paths, webhooks, ...rest } = document(
      {
        info,
        webhooks: [shipped],
        extend: {
          paths: { '/x': { summary: 'All of x' } },
          info: { 'x-logo': { url: '/l.png' } },
        } as never,
      },
      [bare.handle(response)],
    )
    expect(paths['/x']).toMatchObject({ summary: 'All of x', get: {} })
    expect(webhooks?.shipped?.post).toMatchObject({ 'x-w': 1 })
    expect(rest.info).toEqual({ ...info, 'x-logo': { url: '/l.png' } })
  })

  it('refuses a parameter that is not declared', () => {
    const operation = bare.extend({ parameters: { 'query.pages': {} } }).handle(response)
    expect(() => document({ info }, [operation])).toThrow(
      expect.objectContaining({ code: 'path', message: expect.stringContaining("'query.pages'") }),
    )
  })
})

describe('the signature of callbacks and webhooks', () => {
  const operation = route('post', '/x').response(204).callback('hook', hook).handle(response)
  const shipped = webhook('post', 'shipped').response(204)
  const PARAMETERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({
    $ref: `#/components/parameters/${name}`,
  }))

  it('is described once, where they are signed', () => {
    const written = document({ info, signed: true, webhooks: [shipped] }, [operation])
    expect(written.paths['/x']?.post?.callbacks).toMatchObject({
      hook: { 'https://a.example': { post: { parameters: PARAMETERS } } },
    })
    expect(written.paths['/x']?.post).not.toHaveProperty('parameters')
    expect(written.webhooks?.shipped?.post?.parameters).toEqual(PARAMETERS)
    expect(JSON.stringify(written).split('HMAC-SHA256')).toHaveLength(2)
  })

  it('is described for an API that has a sender', async () => {
    const { sender } = keepingSender()
    const parametersOf = async (options: { sender?: CallbackSender }) => {
      const app = createApi({ info, document: '/d', ...options }, [operation])
      const { components } = (await (await app.request('/d')).json()) as { components?: object }
      return Object.keys((components as { parameters?: object })?.parameters ?? {})
    }
    expect(await parametersOf({ sender })).toHaveLength(3)
    expect(await parametersOf({})).toEqual([])
  })
})
