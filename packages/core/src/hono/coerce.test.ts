import { type } from 'arktype'
import { hc } from 'hono/client'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createApi } from '../api.ts'
import { route } from '../builders/route.ts'
import type { AnySchema } from '../definition/schema.ts'
import { document } from '../openapi/document.ts'
import { problemFormat } from '../problems/problem-format.ts'

/** The same fields in each library: each takes what its name says, and may be left out. */
const LIBRARIES: Record<string, AnySchema> = {
  valibot: v.partial(
    v.object({
      text: v.string(),
      number: v.number(),
      boolean: v.boolean(),
      numbers: v.array(v.number()),
      texts: v.array(v.string()),
      either: v.union([v.number(), v.string()]),
      choice: v.picklist([1, 2]),
      nullable: v.nullable(v.number()),
    }),
  ),
  zod: z
    .object({
      text: z.string(),
      number: z.number(),
      boolean: z.boolean(),
      numbers: z.array(z.number()),
      texts: z.array(z.string()),
      either: z.union([z.number(), z.string()]),
      choice: z.literal([1, 2]),
      nullable: z.number().nullable(),
    })
    .partial(),
  arktype: type({
    'text?': 'string',
    'number?': 'number',
    'boolean?': 'boolean',
    'numbers?': 'number[]',
    'texts?': 'string[]',
    'either?': 'number | string',
    'choice?': '1 | 2',
    'nullable?': 'number | null',
  }),
}

function readBack(schema: AnySchema) {
  const operation = route('get', '/read')
    .query(schema)
    .response(200, v.unknown())
    .handle((c) => c.json(c.req.valid('query')))
  return createApi({ info: { title: 'T', version: '1' } }, [operation])
}

describe.each(Object.entries(LIBRARIES))('a query, with %s,', (_, schema) => {
  const app = readBack(schema)

  it.each([
    ['text=12', { text: '12' }],
    ['text=true&text2=x', { text: 'true' }],
    ['text=a%20b+c%26', { text: 'a b c&' }],
    ['text=100%', { text: '100%' }],
    ['text=', { text: '' }],
    ['text', { text: '' }],
    ['', {}],
    ['&&text=a&', { text: 'a' }],
    ['number=2', { number: 2 }],
    ['number=-0.5e3', { number: -500 }],
    ['boolean=true', { boolean: true }],
    ['boolean=false', { boolean: false }],
    ['numbers=1', { numbers: [1] }],
    ['numbers=1&numbers=2', { numbers: [1, 2] }],
    ['numbers=1,2', { numbers: [1, 2] }],
    ['numbers=1%2C2', { numbers: [1, 2] }],
    ['numbers=1,2&numbers=3', { numbers: [1, 2, 3] }],
    ['texts=a', { texts: ['a'] }],
    ['texts=a&texts=b', { texts: ['a', 'b'] }],
    ['texts=a,b', { texts: ['a', 'b'] }],
    ['texts=a%2Cb,c', { texts: ['a,b', 'c'] }],
    ['texts=a,b&texts=c', { texts: ['a', 'b', 'c'] }],
    ['either=12', { either: '12' }],
    ['choice=2', { choice: 2 }],
    ['nullable=3', { nullable: 3 }],
  ])('%s is read', async (query, expected) => {
    const response = await app.request(`/read?${query}`)
    expect(await response.json()).toMatchObject(expected)
    expect(response.status).toBe(200)
  })

  it.each([
    ['number=two', '/number'],
    ['number=', '/number'],
    ['number=007', '/number'],
    ['number=0x10', '/number'],
    ['number=1&number=2', '/number'],
    ['number=Infinity', '/number'],
    ['number=1e400', '/number'],
    ['boolean=yes', '/boolean'],
    ['boolean=1', '/boolean'],
    ['boolean=TRUE', '/boolean'],
    ['numbers=1,x', '/numbers/1'],
    ['numbers=', '/numbers/0'],
    ['choice=3', '/choice'],
    ['text=a&text=b', '/text'],
    ['nullable=null', '/nullable'],
  ])('%s is refused, and the problem points at it', async (query, pointer) => {
    const response = await app.request(`/read?${query}`)
    expect(response.status).toBe(422)
    const { errors } = (await response.json()) as { errors: object[] }
    expect(errors).toEqual([expect.objectContaining({ in: 'query', pointer })])
    expect(JSON.stringify(errors)).not.toMatch(/two|yes|TRUE|007/)
  })

  it('reads parameters with the names of inherited members', async () => {
    const response = await app.request('/read?__proto__=1&constructor=2&text=a')
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ text: 'a' })
  })
})

describe('the items of a tuple', () => {
  it.each([
    ['valibot', v.object({ at: v.tuple([v.number(), v.string(), v.boolean()]) })],
    ['zod', z.object({ at: z.tuple([z.number(), z.string(), z.boolean()]) })],
    ['arktype', type({ at: ['number', 'string', 'boolean'] })],
  ])('are converted by their index, with %s', async (_, schema) => {
    const app = readBack(schema)
    for (const query of ['at=1,2,true', 'at=1&at=2&at=true']) {
      const response = await app.request(`/read?${query}`)
      expect(await response.json()).toEqual({ at: [1, '2', true] })
    }
    const refused = await app.request('/read?at=1,2,x')
    expect(await refused.json()).toMatchObject({ errors: [{ in: 'query', pointer: '/at/2' }] })
  })
})

describe('dates and big integers', () => {
  const app = readBack(
    v.object({
      date: v.optional(v.date()),
      dates: v.optional(v.array(v.date())),
      big: v.optional(
        v.pipe(
          v.bigint(),
          v.transform((big) => `${big}n`),
        ),
      ),
    }),
  )

  it.each([
    ['date=2026-02-28', { date: '2026-02-28T00:00:00.000Z' }],
    ['date=2026-02-28T10:00:00%2B02:00', { date: '2026-02-28T08:00:00.000Z' }],
    ['date=2026-02-28T10:00Z', { date: '2026-02-28T10:00:00.000Z' }],
    [
      'dates=2026-02-28,2026-03-01',
      { dates: expect.arrayContaining(['2026-03-01T00:00:00.000Z']) },
    ],
    ['big=9007199254740993', { big: '9007199254740993n' }],
  ])('%s is read', async (query, expected) => {
    expect(await (await app.request(`/read?${query}`)).json()).toEqual(expected)
  })

  it.each(['date=2026-02-31', 'date=tomorrow', 'date=1', 'date=2026-13-01', 'big=1.5'])(
    '%s is refused',
    async (query) => {
      expect((await app.request(`/read?${query}`)).status).toBe(422)
    },
  )
})

it('takes the text of a date from a Hono client', async () => {
  const operation = route('get', '/read')
    .query(v.object({ at: v.date(), all: v.optional(v.array(v.date())) }))
    .response(200, v.number())
    .handle((c) => c.json(c.req.valid('query').at.getTime()))
  const app = createApi({ info: { title: 'T', version: '1' } }, [operation])
  const client = hc<typeof app>('http://localhost', { fetch: app.request })
  const response = await client.read.$get({ query: { at: '1970-01-01', all: ['1970-01-02'] } })
  expect(await response.json()).toBe(0)
})

describe('the other parts', () => {
  const Fields = v.object({
    page: v.number(),
    ids: v.optional(v.array(v.number())),
    names: v.optional(v.array(v.string())),
  })
  const everywhere = route('get', '/:page/:ids')
    .params(v.object({ page: v.number(), ids: v.array(v.string()) }))
    .headers(Fields)
    .cookies(Fields)
    .response(200, v.unknown())
    .handle((c) => c.json([c.req.valid('param'), c.req.valid('header'), c.req.valid('cookie')]))
  const form = route('post', '/form')
    .bodyAs('application/x-www-form-urlencoded', Fields)
    .bodyAs('multipart/form-data', Fields)
    .response(200, v.unknown())
    .handle((c) => c.json(c.req.valid('form')))
  const app = createApi({ info: { title: 'T', version: '1' } }, [everywhere, form])

  it('are converted alike', async () => {
    const response = await app.request('/1/a,b', {
      headers: { page: '2', ids: '1, 2', names: 'a, b', cookie: 'page=3; ids=4,5' },
    })
    expect(await response.json()).toEqual([
      { page: 1, ids: ['a', 'b'] },
      { page: 2, ids: [1, 2], names: ['a', 'b'] },
      { page: 3, ids: [4, 5] },
    ])
  })

  it('are named in problems', async () => {
    const response = await app.request('/x/a', { headers: { page: 'y', cookie: 'page=z' } })
    expect(await response.json()).toMatchObject({
      errors: [
        { in: 'path', pointer: '/page' },
        { in: 'header', pointer: '/page' },
        { in: 'cookie', pointer: '/page' },
      ],
    })
  })

  it('include forms, which are not split at commas', async () => {
    const body = new FormData()
    body.append('page', '1')
    body.append('names', 'a,b')
    expect(await (await app.request('/form', { method: 'POST', body })).json()).toEqual({
      page: 1,
      names: ['a,b'],
    })
    const encoded = new URLSearchParams('page=1&ids=2&ids=3&names=a')
    expect(await (await app.request('/form', { method: 'POST', body: encoded })).json()).toEqual({
      page: 1,
      ids: [2, 3],
      names: ['a'],
    })
  })
})

it('words problems in the format of the operation, its group or the API', async () => {
  const words = (by: string) =>
    problemFormat(v.object({ by: v.string(), status: v.number() }), ({ status }) => ({
      by,
      status,
    }))
  const start = () =>
    route('get', '/a')
      .query(v.object({ n: v.number() }))
      .response(204)
  const api = { info: { title: 'T', version: '1' }, problems: words('api') }
  const plain = createApi(api, [start().handle((c) => c.body(null, 204))])
  const own = createApi(api, [
    start()
      .problems(words('operation'))
      .handle((c) => c.body(null, 204)),
  ])
  expect(await (await plain.request('/a')).json()).toEqual({ by: 'api', status: 422 })
  const response = await own.request('/a')
  expect(await response.json()).toEqual({ by: 'operation', status: 422 })
  expect(response.headers.get('content-type')).toBe('application/json')
})

describe('a union of words and other types', () => {
  const Word = {
    valibot: v.object({
      page: v.optional(v.union([v.literal('all'), v.number()])),
      on: v.optional(v.union([v.picklist(['auto', 'mixed']), v.boolean()])),
      some: v.optional(v.union([v.literal('none'), v.array(v.number())])),
      texts: v.optional(v.union([v.literal('none'), v.array(v.string())])),
      each: v.optional(v.array(v.union([v.literal('last'), v.number()]))),
      mail: v.optional(v.union([v.pipe(v.string(), v.email()), v.number()])),
      long: v.optional(v.union([v.pipe(v.string(), v.minLength(3)), v.number()])),
    }),
    zod: z
      .object({
        page: z.union([z.literal('all'), z.number()]),
        on: z.union([z.enum(['auto', 'mixed']), z.boolean()]),
        some: z.union([z.literal('none'), z.array(z.number())]),
        texts: z.union([z.literal('none'), z.array(z.string())]),
        each: z.array(z.union([z.literal('last'), z.number()])),
        mail: z.union([z.email(), z.number()]),
        long: z.union([z.string().min(3), z.number()]),
      })
      .partial(),
    arktype: type({
      'page?': "'all' | number",
      'on?': "'auto' | 'mixed' | boolean",
      'some?': "'none' | number[]",
      'texts?': "'none' | string[]",
      'each?': "('last' | number)[]",
      'mail?': 'string.email | number',
      'long?': 'string >= 3 | number',
    }),
  } satisfies Record<string, AnySchema>

  const values: [string, object][] = [
    ['page=all', { page: 'all' }],
    ['page=2', { page: 2 }],
    ['on=auto', { on: 'auto' }],
    ['on=true', { on: true }],
    ['on=false', { on: false }],
    ['some=none', { some: 'none' }],
    ['some=1,2', { some: [1, 2] }],
    ['some=1&some=2', { some: [1, 2] }],
    ['texts=none', { texts: 'none' }],
    ['texts=a,none', { texts: ['a', 'none'] }],
    ['each=1,last', { each: [1, 'last'] }],
    ['mail=a@example.com', { mail: 'a@example.com' }],
    ['mail=12', { mail: 12 }],
    ['long=12', { long: 12 }],
    ['long=1234', { long: '1234' }],
  ]

  describe.each(Object.entries(Word))('with %s', (_, schema: AnySchema) => {
    const app = readBack(schema)

    it.each(values)('takes %s in a query', async (query, expected) => {
      const response = await app.request(`/read?${query}`)
      expect(await response.json()).toEqual(expected)
    })

    it.each(['page=some', 'on=yes', 'some=1,x', 'each=first', 'mail=x', 'long=x'])(
      'refuses %s',
      async (query) => {
        expect((await app.request(`/read?${query}`)).status).toBe(422)
      },
    )
  })

  it.each([
    ['valibot', v.object({ page: v.union([v.literal('all'), v.number()]) })],
    ['zod', z.object({ page: z.union([z.literal('all'), z.number()]) })],
    ['arktype', type({ page: "'all' | number" })],
  ])('is taken in every part, with %s', async (_, schema) => {
    const answer = v.unknown()
    const app = createApi({ info: { title: 'T', version: '1' } }, [
      route('get', '/path/:page')
        .params(schema)
        .response(200, answer)
        .handle((c) => c.json(c.req.valid('param'), 200)),
      route('get', '/header')
        .headers(schema)
        .response(200, answer)
        .handle((c) => c.json({ page: (c.req.valid('header') as { page: unknown }).page }, 200)),
      route('get', '/cookie')
        .cookies(schema)
        .response(200, answer)
        .handle((c) => c.json(c.req.valid('cookie'), 200)),
      route('post', '/form')
        .bodyAs('application/x-www-form-urlencoded', schema)
        .response(200, answer)
        .handle((c) => c.json(c.req.valid('form'), 200)),
    ])
    for (const [text, page] of [
      ['all', 'all'],
      ['7', 7],
    ] as const) {
      const form = new URLSearchParams({ page: text })
      const requests = [
        app.request(`/path/${text}`),
        app.request('/header', { headers: { page: text } }),
        app.request('/cookie', { headers: { cookie: `page=${text}` } }),
        app.request('/form', { method: 'POST', body: form }),
      ]
      for (const response of await Promise.all(requests)) {
        expect(await response.json()).toEqual({ page })
      }
    }
  })
})

describe('the branch of a variant that is meant', () => {
  const Variant = {
    valibot: v.variant('kind', [
      v.object({ kind: v.literal('text'), value: v.string() }),
      v.object({
        kind: v.literal('count'),
        value: v.number(),
        list: v.optional(v.array(v.number())),
      }),
      v.variant('kind', [v.object({ kind: v.literal(3), value: v.boolean() })]),
    ]),
    zod: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('text'), value: z.string() }),
      z.object({
        kind: z.literal('count'),
        value: z.number(),
        list: z.array(z.number()).optional(),
      }),
      z.object({ kind: z.literal(3), value: z.boolean() }),
    ]),
    arktype: type({ kind: "'text'", value: 'string' })
      .or({ kind: "'count'", value: 'number', 'list?': 'number[]' })
      .or({ kind: '3', value: 'boolean' }),
    intersection: v.intersect([
      v.object({ page: v.optional(v.number()) }),
      v.variant('kind', [
        v.object({ kind: v.literal('text'), value: v.string() }),
        v.object({
          kind: v.literal('count'),
          value: v.number(),
          list: v.optional(v.array(v.number())),
        }),
        v.object({ kind: v.literal(3), value: v.boolean() }),
      ]),
    ]),
    'an intersection of zod': z.object({ page: z.number().optional() }).and(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('text'), value: z.string() }),
        z.object({
          kind: z.literal('count'),
          value: z.number(),
          list: z.array(z.number()).optional(),
        }),
        z.object({ kind: z.literal(3), value: z.boolean() }),
      ]),
    ),
    'a lazy one': v.lazy(() =>
      v.variant('kind', [
        v.object({ kind: v.literal('text'), value: v.string() }),
        v.object({
          kind: v.literal('count'),
          value: v.number(),
          list: v.optional(v.array(v.number())),
        }),
        v.object({ kind: v.literal(3), value: v.boolean() }),
      ]),
    ),
  } satisfies Record<string, AnySchema>

  it.each(Object.entries(Variant))('decides how text is converted: %s', async (_, schema) => {
    const app = readBack(schema)
    for (const [query, expected] of [
      ['kind=text&value=2', { kind: 'text', value: '2' }],
      ['kind=count&value=2', { kind: 'count', value: 2 }],
      ['kind=count&value=2&list=1,2', { kind: 'count', value: 2, list: [1, 2] }],
      ['kind=3&value=true', { kind: 3, value: true }],
    ] as const) {
      const response = await app.request(`/read?${query}`)
      expect(await response.json()).toEqual(expected)
    }
    expect((await app.request('/read?kind=count&value=x')).status).toBe(422)
    expect((await app.request('/read?kind=other&value=1')).status).toBe(422)
  })

  it('is documented as its members', () => {
    const operation = route('get', '/x')
      .query(Variant.valibot)
      .response(204)
      .handle((c) => c.body(null, 204))
    const { paths } = document({ info: { title: 'T', version: '1' } }, [operation])
    expect(paths['/x']?.get?.parameters).toEqual([
      {
        name: 'kind',
        in: 'query',
        required: true,
        schema: {
          anyOf: [
            { const: 'text', type: 'string' },
            { const: 'count', type: 'string' },
            { const: 3, type: 'number' },
          ],
        },
      },
      {
        name: 'value',
        in: 'query',
        required: true,
        schema: { anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] },
      },
      { name: 'list', in: 'query', schema: { type: 'array', items: { type: 'number' } } },
    ])
  })
})
