import { type } from 'arktype'
import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { createApi } from '../api.ts'
import { route } from '../builders/route.ts'
import type { CoreError } from '../definition/errors.ts'
import type { AnyOperation } from '../definition/operation.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { ApiRuntimeOptions } from './runtime.ts'
import { streamEvents } from './stream-events.ts'

const info = { title: 'T', version: '1' }

async function ask(operation: AnyOperation, options: ApiRuntimeOptions = {}) {
  const errors: CoreError[] = []
  const app = new Hono()
    .onError((error, c) => {
      errors.push(error as CoreError)
      return c.text('Internal Server Error', 500)
    })
    .route('/', createApi({ info, ...options }, [operation]))
  const response = await app.request('/x')
  return { status: response.status, text: await response.text(), errors }
}

/** An operation that responds with a value, whatever the types say. */
const respondWith = (schema: AnySchema, value: unknown) =>
  route('get', '/x')
    .response(200, schema)
    .handle((c) => c.json(value as never, 200) as never)

const secret = { id: '1', hash: 'hunter2' }

describe('a response has no member that its schema does not name:', () => {
  const cases: readonly (readonly [string, AnySchema, unknown, string])[] = [
    ['valibot', v.object({ id: v.string() }), secret, '{"id":"1"}'],
    ['zod', z.object({ id: z.string() }), secret, '{"id":"1"}'],
    ['ArkType', type({ id: 'string' }), secret, '{"id":"1"}'],
    ['in an array', v.array(v.object({ id: v.string() })), [secret], '[{"id":"1"}]'],
    ['in a tuple', z.tuple([z.object({ id: z.string() })]), [secret], '[{"id":"1"}]'],
    [
      'in a record',
      v.record(v.string(), v.object({ id: v.string() })),
      { a: secret },
      '{"a":{"id":"1"}}',
    ],
    ['where it may be null', v.nullable(v.object({ id: v.string() })), secret, '{"id":"1"}'],
    [
      'in a variant',
      v.variant('kind', [
        v.object({ kind: v.literal('a'), id: v.string() }),
        v.object({ kind: v.literal('b'), hash: v.string() }),
      ]),
      { kind: 'a', ...secret },
      '{"kind":"a","id":"1"}',
    ],
    [
      'in a union of ArkType',
      type({ kind: "'a'", id: 'string' }).or({ kind: "'b'", hash: 'string' }),
      { kind: 'a', ...secret },
      '{"kind":"a","id":"1"}',
    ],
    [
      'in an intersection',
      z.intersection(z.object({ id: z.string() }), z.object({ n: z.number() })),
      { ...secret, n: 1 },
      '{"id":"1","n":1}',
    ],
    [
      'after a pipe of checks',
      v.pipe(
        v.object({ id: v.string() }),
        v.check(() => true),
      ),
      secret,
      '{"id":"1"}',
    ],
    [
      'in a schema that contains itself',
      z.object({
        id: z.string(),
        get inner() {
          return z.object({ id: z.string() }).optional()
        },
      }),
      { ...secret, inner: secret },
      '{"id":"1","inner":{"id":"1"}}',
    ],
    [
      'beside a member that is transformed',
      v.object({ id: v.pipe(v.string(), v.transform(Number)) }),
      { id: 1, hash: 'hunter2' },
      '{"id":1}',
    ],
    [
      'in an ArkType schema with keys of a pattern',
      type({ '[/^x/]': 'number' }),
      { x1: 1, hash: 'hunter2' },
      '{"x1":1}',
    ],
  ]

  it.each(cases)('%s', async (_, schema, value, text) => {
    for (const checkResponses of [true, false]) {
      const { text: sent, errors } = await ask(respondWith(schema, value), { checkResponses })
      expect(errors).toEqual([])
      expect(JSON.parse(sent)).toEqual(JSON.parse(text))
    }
  })

  it.each(cases)('unless all are kept: %s', async (_, schema, value) => {
    const kept = await ask(respondWith(schema, value), { undeclared: 'keep' })
    expect(JSON.parse(kept.text)).toEqual(value)
  })
})

describe('a response keeps all members where its schema is loose:', () => {
  it.each<[string, AnySchema]>([
    ['v.looseObject', v.looseObject({ id: v.string() })],
    ['v.objectWithRest', v.objectWithRest({ id: v.string() }, v.string())],
    ['z.looseObject', z.looseObject({ id: z.string() })],
    ['z.object.catchall', z.object({ id: z.string() }).catchall(z.string())],
    ['ArkType with an index', type({ id: 'string', '[string]': 'unknown' })],
    ['v.any', v.any()],
    [
      'a transformation, which says nothing of its output',
      v.pipe(
        v.string(),
        v.transform((text) => ({ text })),
      ),
    ],
  ])('%s', async (_, schema) => {
    const { text, errors } = await ask(respondWith(schema, secret))
    expect(errors).toEqual([])
    expect(text).toBe('{"id":"1","hash":"hunter2"}')
  })
})

describe('a response with undeclared members is refused by a strict schema:', () => {
  it.each<[string, AnySchema]>([
    ['valibot', v.strictObject({ id: v.string() })],
    ['zod', z.strictObject({ id: z.string() })],
    ['ArkType', type({ '+': 'reject', id: 'string' })],
  ])('%s', async (_, schema) => {
    const { status, errors } = await ask(respondWith(schema, secret))
    expect([status, errors[0]?.code]).toEqual([500, 'response'])
    const unchecked = await ask(respondWith(schema, secret), { checkResponses: false })
    expect(unchecked.text).toBe('{"id":"1"}')
  })
})

describe('a response has the defaults of its schema:', () => {
  it.each<[string, AnySchema, string]>([
    ['valibot', v.object({ n: v.optional(v.number(), 1) }), '{"n":1}'],
    ['a function of valibot', v.object({ n: v.optional(v.number(), () => 1) }), '{"n":1}'],
    [
      'of another type in the request',
      v.object({ n: v.optional(v.pipe(v.string(), v.transform(Number)), '1') }),
      '{"n":1}',
    ],
    ['zod', z.object({ n: z.number().default(1) }), '{"n":1}'],
    ['prefault of zod', z.object({ n: z.string().transform(Number).prefault('1') }), '{"n":1}'],
    ['ArkType', type({ n: 'number = 1' }), '{"n":1}'],
    ['ArkType, transformed', type({ n: ['string.numeric.parse', '=', '1'] }), '{"n":1}'],
    [
      'those of the first branch that fits',
      v.union([
        v.object({ a: v.optional(v.number(), 1) }),
        v.object({ b: v.optional(v.number(), 2) }),
      ]),
      '{"a":1}',
    ],
  ])('%s', async (_, schema, text) => {
    expect(await ask(respondWith(schema, {}))).toEqual({ status: 200, text, errors: [] })
  })
})

describe('a value that fits several branches of a union keeps what any of them names:', () => {
  it.each<[string, AnySchema]>([
    [
      'valibot',
      v.union([v.object({ id: v.string() }), v.object({ id: v.string(), total: v.number() })]),
    ],
    [
      'zod',
      z.union([z.object({ id: z.string() }), z.object({ id: z.string(), total: z.number() })]),
    ],
    ['ArkType', type({ id: 'string', 'text?': 'string' }).or({ id: 'string', total: 'number' })],
  ])('%s', async (_, schema) => {
    const { text } = await ask(respondWith(schema, { ...secret, total: 1 }))
    expect(text).toBe('{"id":"1","total":1}')
  })
})

describe('a response is checked as the JSON that leaves:', () => {
  const One = v.object({ n: v.number(), text: v.optional(v.string()) })
  class Money {
    n = 1
    toJSON() {
      return { n: 2, hash: 'hunter2' }
    }
  }
  class Order {
    get n() {
      return 3
    }
  }

  it.each<[string, AnySchema, unknown, string]>([
    ['the result of toJSON', One, new Money(), '{"n":2}'],
    ['a getter of a class', One, new Order(), '{"n":3}'],
    [
      'a URL for text',
      One,
      { n: 1, text: new URL('https://a.example/b') },
      '{"n":1,"text":"https://a.example/b"}',
    ],
    [
      'a Date',
      v.object({ at: v.date() }),
      { at: new Date(0) },
      '{"at":"1970-01-01T00:00:00.000Z"}',
    ],
    ['a member that is undefined', One, { n: 1, text: undefined }, '{"n":1}'],
    ['a member of an unknown value that is undefined', v.unknown(), { a: undefined }, '{}'],
    ['null', v.null(), null, 'null'],
  ])('%s leaves', async (_, schema, value, text) => {
    expect(await ask(respondWith(schema, value))).toEqual({ status: 200, text, errors: [] })
  })

  const list: unknown[] = []
  list.push(list)
  it.each<[string, AnySchema, unknown, string]>([
    ['Infinity', One, { n: Number.POSITIVE_INFINITY }, '/n is Infinity'],
    ['NaN', v.object({ a: v.array(v.nan()) }), { a: [Number.NaN] }, '/a/0 is NaN'],
    [
      'Infinity in ArkType',
      type({ n: 'number' }),
      { n: Number.NEGATIVE_INFINITY },
      '/n is -Infinity',
    ],
    ['undefined', v.undefined(), undefined, 'the whole value is undefined'],
    ['undefined of an optional schema', v.optional(One), undefined, 'the whole value is undefined'],
    ['undefined in an array', v.array(v.optional(v.string())), ['a', undefined], '/1 is undefined'],
    ['a function in an array', v.array(v.any()), [() => 1], '/0 is a function'],
    [
      'an invalid Date',
      v.object({ at: v.any() }),
      { at: new Date(Number.NaN) },
      '/at is an invalid Date',
    ],
    ['a Map', v.object({ m: v.map(v.string(), v.string()) }), { m: new Map() }, '/m is a Map'],
    ['a Map for an object', v.looseObject({}), new Map([['a', 1]]), 'the whole value is a Map'],
    ['a Set', z.object({ s: z.set(z.string()) }), { s: new Set(['a']) }, '/s is a Set'],
    ['a BigInt', v.object({ n: v.any() }), { n: 1n }, '/n is a BigInt'],
    ['Infinity in what toJSON returns', v.any(), { toJSON: () => Number.NaN }, 'is NaN'],
    ['a value that contains itself', v.any(), list, 'nested too deeply'],
  ])('%s is a 500 with the reason', async (_, schema, value, reason) => {
    for (const checkResponses of [true, false]) {
      const { status, errors } = await ask(respondWith(schema, value), { checkResponses })
      expect(status).toBe(500)
      expect(errors).toMatchObject([{ code: 'response' }])
      expect(errors[0]?.message).toContain(
        'GET /x answered 200 with a body that JSON cannot hold: ',
      )
      expect(errors[0]?.message).toContain(reason)
    }
  })

  it('the one that is returned, of several that are made', async () => {
    const two = route('get', '/x')
      .response(200, v.object({ n: v.pipe(v.number(), v.minValue(0)) }))
      .handle((c) => {
        const wrong = c.json({ n: -1 }, 200)
        c.json({ n: 1 }, 200)
        return wrong
      })
    const { status, errors } = await ask(two)
    expect(status).toBe(500)
    expect(errors[0]?.message).toContain('/n: ')
  })

  it('by the status that c.status has set', async () => {
    const two = route('get', '/x')
      .response(200, v.object({ id: v.string() }))
      .response(404, v.object({ hash: v.string() }))
      .handle((c) => {
        c.status(404)
        return c.json(secret as { id: string })
      })
    const { status, text } = await ask(two)
    expect([status, text]).toEqual([404, '{"hash":"hunter2"}'])
  })

  it('by the media type that the handler names', async () => {
    const two = route('get', '/x')
      .responseAs(200, 'application/vnd.a+json', v.object({ id: v.string() }))
      .responseAs(200, 'application/vnd.b+json', v.object({ hash: v.string() }))
      .handle(
        (c) =>
          (c as Context).json(secret, 200, {
            'Content-Type': 'application/vnd.b+json',
          }) as never,
      )
    expect((await ask(two)).text).toBe('{"hash":"hunter2"}')
  })
})

it.each<[string, unknown]>([
  ['nothing', undefined],
  ['a value', { id: '1' }],
])(
  'a handler that returns %s is a 500 that names the operation and the remedy',
  async (_, value) => {
    const forgotten = route('get', '/x')
      .response(200, v.object({ id: v.string() }))
      .handle(async () => value as never)
    for (const checkResponses of [true, false]) {
      const { status, errors } = await ask(forgotten, { checkResponses })
      expect(status).toBe(500)
      expect(errors[0]?.message).toBe(
        'the handler of GET /x returned no response; return the result of c.json(…), c.body(…) or another method of the context',
      )
    }
  },
)

describe('an event', () => {
  const Tick = v.object({ n: v.number() })
  const send = (data: unknown) =>
    route('get', '/x')
      .responseAs(200, 'text/event-stream', Tick)
      .handle((c) =>
        streamEvents(c, 200, async (stream) => {
          await stream.send({ data: data as { n: number } })
        }),
      )

  it('has no member that its schema does not name', async () => {
    const data = { n: 1, hash: 'hunter2' }
    expect((await ask(send(data))).text).toBe('data: {"n":1}\n\n')
    expect((await ask(send(data), { undeclared: 'keep' })).text).toContain('hunter2')
  })

  it('that JSON cannot hold ends the stream, with the reason in the log', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    expect((await ask(send({ n: Number.NaN }))).text).toBe('')
    expect(String(log.mock.calls)).toContain(
      'GET /x sent an event that JSON cannot hold: /n is NaN, which JSON has no number for',
    )
    log.mockRestore()
  })
})
