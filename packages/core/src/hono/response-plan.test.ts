import { Hono } from 'hono'
import * as v from 'valibot'
import { describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { createApi } from '../api.ts'
import { route } from '../builders/route.ts'
import type { CoreError } from '../definition/errors.ts'
import type { AnyOperation } from '../definition/operation.ts'
import { document } from '../openapi/document.ts'
import { streamEvents } from './stream-events.ts'

const info = { title: 'T', version: '1' }
const Order = v.object({ id: v.string(), total: v.pipe(v.number(), v.minValue(0)) })

/** Serves one operation, and returns its response and errors. */
async function ask(operation: AnyOperation, checkResponses = true, path = '/x') {
  const errors: CoreError[] = []
  const app = new Hono()
    .onError((error, c) => {
      errors.push(error as CoreError)
      return c.text('Internal Server Error', 500)
    })
    .route('/', createApi({ info, checkResponses }, [operation]))
  return { response: await app.request(path), errors }
}

const order = () => route('get', '/x').response(200, Order)

describe('a response that breaks its declaration', () => {
  it.each<[string, AnyOperation, string]>([
    [
      'in its body',
      order().handle((c) => c.json({ id: 'hunter2', total: -1 })),
      'GET /x answered 200 with a body that breaks its schema: /total: Invalid value: Expected >=0',
    ],
    [
      'as a whole',
      order().handle((c) => c.json(null as never)),
      'GET /x answered 200 with a body that breaks its schema: the whole value: Invalid type: Expected Object',
    ],
    [
      'in its status',
      order().handle((c) => c.json({ id: '1', total: 1 }, 418 as 200)),
      'GET /x answered 418, which it does not declare; add .response(418, …)',
    ],
    [
      'in its headers',
      route('get', '/x')
        .response(201, Order, { headers: v.object({ location: v.string(), 'x-left': v.number() }) })
        .handle((c) => c.json({ id: '1', total: 1 }, 201, { location: '/1', 'x-left': 'hunter2' })),
      'GET /x answered 201 with headers that break their schema: /x-left: Invalid type: Expected number',
    ],
    [
      'in its text',
      route('get', '/x')
        .responseAs(200, 'text/plain', v.pipe(v.string(), v.maxLength(1)))
        .handle((c) => c.text('hunter2')),
      'GET /x answered 200 with a body that breaks its schema: the whole value: Invalid length: Expected <=1',
    ],
    [
      'with a validator that takes its time',
      route('get', '/x')
        .response(
          200,
          v.pipeAsync(
            v.string(),
            v.checkAsync(async () => false, 'no'),
          ),
        )
        .handle((c) => c.json('hunter2')),
      'GET /x answered 200 with a body that breaks its schema: the whole value: no',
    ],
    [
      'of a range',
      route('get', '/x')
        .response('4XX', Order)
        .handle((c) => c.json({ id: '1', total: -1 }, 404)),
      'GET /x answered 404 with a body that breaks its schema: /total: Invalid value: Expected >=0',
    ],
  ])('%s is a 500 whose reason only the operator sees', async (_, operation, message) => {
    const { response, errors } = await ask(operation)
    expect(response.status).toBe(500)
    expect(errors).toEqual([expect.objectContaining({ code: 'response', message })])
    expect(message + (await response.text())).not.toContain('hunter2')
  })

  it('is sent unchanged if responses are not checked', async () => {
    const { response, errors } = await ask(
      order().handle((c) => c.json({ id: '1', total: -1 })),
      false,
    )
    expect(response.status).toBe(200)
    expect(errors).toEqual([])
  })

  it('is logged by Hono if the app handles no errors', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const app = createApi({ info }, [order().handle((c) => c.json({ id: '1', total: -1 }))])
    expect((await app.request('/x')).status).toBe(500)
    expect(log).toHaveBeenCalledWith(expect.objectContaining({ code: 'response' }))
    log.mockRestore()
  })
})

describe('a response that keeps its declaration', () => {
  it.each<[string, AnyOperation, number, string]>([
    [
      'JSON',
      order().handle(async (c) => c.json({ id: '1', total: 1 })),
      200,
      '{"id":"1","total":1}',
    ],
    [
      'with undeclared members, which are not sent',
      order().handle((c) => c.json({ id: '1', total: 1, more: true } as never)),
      200,
      '{"id":"1","total":1}',
    ],
    [
      'of a schema that cannot be asked about its own output',
      route('get', '/x')
        .response(200, v.pipe(v.string(), v.transform(Number), v.number()))
        .handle((c) => c.json(5)),
      200,
      '5',
    ],
    [
      'of such a schema of zod',
      route('get', '/x')
        .response(200, z.object({ n: z.string().transform(Number).pipe(z.number()) }))
        .handle((c) => c.json({ n: 5 })),
      200,
      '{"n":5}',
    ],
    [
      'none',
      route('get', '/x')
        .response(204)
        .handle((c) => c.body(null, 204)),
      204,
      '',
    ],
    [
      'of a range',
      route('get', '/x')
        .response('4XX', Order)
        .handle((c) => c.json({ id: '1', total: 1 }, 418)),
      418,
      '{"id":"1","total":1}',
    ],
    [
      'by default',
      route('get', '/x')
        .response('default', Order)
        .handle((c) => c.json({ id: '1', total: 1 }, 503)),
      503,
      '{"id":"1","total":1}',
    ],
    [
      'text',
      route('get', '/x')
        .responseAs(200, 'text/plain')
        .handle((c) => c.text('hi')),
      200,
      'hi',
    ],
    [
      'HTML',
      route('get', '/x')
        .responseAs(200, 'text/html')
        .handle((c) => c.html('<p>')),
      200,
      '<p>',
    ],
    [
      'a stream',
      route('get', '/x')
        .responseAs(200, 'text/csv', v.string())
        .handle((c) => c.body(new Blob(['a,b']).stream(), 200)),
      200,
      'a,b',
    ],
    [
      'headers that say how many are left',
      route('get', '/x')
        .response(204, undefined, { headers: v.object({ 'x-left': v.number() }) })
        .handle((c) => c.body(null, 204, { 'x-left': '3' })),
      204,
      '',
    ],
  ])('%s', async (_, operation, status, text) => {
    const { response, errors } = await ask(operation)
    expect(errors).toEqual([])
    expect(response.status).toBe(status)
    expect(await response.text()).toBe(text)
  })

  it('has the declared media type, unless the handler names one of several', async () => {
    const csv = route('get', '/x')
      .responseAs(200, 'text/csv')
      .handle((c) => c.body('a', 200))
    expect((await ask(csv)).response.headers.get('content-type')).toBe('text/csv')
    const named = route('get', '/x')
      .response(200, Order)
      .responseAs(200, 'text/csv')
      .responseAs(200, 'application/pdf')
      .handle((c) => c.body('a', 200, { 'Content-Type': 'application/pdf' }))
    expect((await ask(named)).response.headers.get('content-type')).toBe('application/pdf')
  })

  it("is a problem of the API's own", async () => {
    const Problem = v.object({ type: v.string(), title: v.string(), status: v.number() })
    const missing = route('get', '/x')
      .response(404, Problem, { mediaType: 'application/problem+json' })
      .handle((c) => c.json({ type: 'about:blank', title: 'Not Found', status: 404 }, 404))
    const { response } = await ask(missing)
    expect([response.status, response.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json',
    ])
    const { paths } = document({ info }, [missing])
    expect(paths['/x']?.get?.responses[404]).toMatchObject({
      content: { 'application/problem+json': { schema: { type: 'object' } } },
    })
  })

  it('redirects', async () => {
    const there = route('get', '/x')
      .response(302)
      .handle((c) => c.redirect('/there'))
    const { response } = await ask(there)
    expect([response.status, response.headers.get('location')]).toEqual([302, '/there'])
  })
})

describe('server-sent events', () => {
  const Tick = v.object({ at: v.number() })
  const ticks = route('get', '/x').responseAs(200, 'text/event-stream', Tick)

  it('are written as declared', async () => {
    const { response } = await ask(
      ticks.handle((c) =>
        streamEvents(c, 200, async (stream) => {
          await stream.send({ event: 'tick', id: '1', data: { at: 1 } })
          await stream.send({ data: { at: 2 } })
        }),
      ),
    )
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(await response.text()).toBe('event: tick\ndata: {"at":1}\nid: 1\n\ndata: {"at":2}\n\n')
  })

  it('end with the first that breaks its schema', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { response } = await ask(
      ticks.handle((c) =>
        streamEvents(c, 200, async (stream) => {
          await stream.send({ data: { at: 1 } })
          await stream.send({ data: { at: 'hunter2' as never } })
        }),
      ),
    )
    expect(await response.text()).toBe('data: {"at":1}\n\n')
    expect(log.mock.calls).toEqual([
      [expect.objectContaining({ code: 'response', message: expect.stringContaining('/at') })],
    ])
    expect(String(log.mock.calls)).not.toContain('hunter2')
    log.mockRestore()
  })

  it('of text are sent as they are', async () => {
    const words = route('get', '/x')
      .responseAs(200, 'text/event-stream', v.string())
      .handle((c) =>
        streamEvents(c, 200, async (stream) => {
          await stream.send({ data: 'one\ntwo' })
        }),
      )
    expect(await (await ask(words)).response.text()).toBe('data: one\ndata: two\n\n')
  })

  it('have to be declared', async () => {
    const { errors } = await ask(
      order().handle((c) => streamEvents(c as never, 200, async () => {}) as never),
    )
    expect(errors).toEqual([expect.objectContaining({ code: 'response' })])
  })
})
