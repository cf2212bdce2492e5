import { type } from 'arktype'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import * as mini from 'zod/mini'
import * as z3 from 'zod/v3'
import { document } from '../src/document.ts'
import {
  type AnyOperation,
  type AnySchema,
  type ApiOptions,
  callback,
  createApi,
  group,
  namedSchema,
  route,
  webhook,
} from '../src/index.ts'

const LIBRARIES = ['valibot', 'zod', 'arktype'] as const
type Library = (typeof LIBRARIES)[number]

/** A shape in each library, its JSON Schema, and the differences of single libraries with their reasons. */
interface TextShape extends Readonly<Record<Library, AnySchema>> {
  readonly name: string
  readonly input: object
  readonly output?: object
  readonly otherwise?: Partial<
    Record<Library, { readonly why: string; readonly input: object; readonly output?: object }>
  >
}

const S = { type: 'string' }
const N = { type: 'number' }
const MEMBERS = { type: 'object', properties: { a: S, b: N }, required: ['a'] }

const SHAPES: readonly TextShape[] = [
  { name: 'text', valibot: v.string(), zod: z.string(), arktype: type('string'), input: S },
  { name: 'a number', valibot: v.number(), zod: z.number(), arktype: type('number'), input: N },
  {
    name: 'a boolean',
    valibot: v.boolean(),
    zod: z.boolean(),
    arktype: type('boolean'),
    input: { type: 'boolean' },
  },
  { name: 'anything', valibot: v.unknown(), zod: z.unknown(), arktype: type('unknown'), input: {} },
  {
    name: 'null',
    valibot: v.null(),
    zod: z.null(),
    arktype: type('null'),
    input: { type: 'null' },
  },
  {
    name: 'an object',
    valibot: v.object({ a: v.string(), b: v.optional(v.number()) }),
    zod: z.object({ a: z.string(), b: z.number().optional() }),
    arktype: type({ a: 'string', 'b?': 'number' }),
    input: MEMBERS,
  },
  {
    name: 'a closed object',
    valibot: v.strictObject({ a: v.string(), b: v.optional(v.number()) }),
    zod: z.strictObject({ a: z.string(), b: z.number().optional() }),
    arktype: type({ a: 'string', 'b?': 'number', '+': 'reject' }),
    input: { ...MEMBERS, additionalProperties: false },
  },
  {
    name: 'an open object',
    valibot: v.looseObject({ a: v.string(), b: v.optional(v.number()) }),
    zod: z.looseObject({ a: z.string(), b: z.number().optional() }),
    arktype: type({ a: 'string', 'b?': 'number', '+': 'ignore' }),
    input: { ...MEMBERS, additionalProperties: {} },
    otherwise: { arktype: { why: 'other members are allowed by default', input: MEMBERS } },
  },
  {
    name: 'a default',
    valibot: v.object({ a: v.optional(v.string(), 'x') }),
    zod: z.object({ a: z.string().default('x') }),
    arktype: type({ a: "string = 'x'" }),
    input: { type: 'object', properties: { a: { ...S, default: 'x' } } },
    output: { type: 'object', properties: { a: S }, required: ['a'] },
    otherwise: {
      arktype: {
        why: 'does not write the default',
        input: { type: 'object', properties: { a: S } },
        output: { type: 'object', properties: { a: S }, required: ['a'] },
      },
    },
  },
  {
    name: 'a record',
    valibot: v.record(v.string(), v.number()),
    zod: z.record(z.string(), z.number()),
    arktype: type('Record<string, number>'),
    input: { type: 'object', additionalProperties: N },
    otherwise: {
      zod: {
        why: 'writes that names are text',
        input: { type: 'object', propertyNames: S, additionalProperties: N },
      },
    },
  },
  {
    name: 'an array with bounds',
    valibot: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(3)),
    zod: z.array(z.string()).min(1).max(3),
    arktype: type('1 <= string[] <= 3'),
    input: { type: 'array', items: S, minItems: 1, maxItems: 3 },
  },
  {
    name: 'a tuple',
    valibot: v.strictTuple([v.string(), v.number()]),
    zod: z.tuple([z.string(), z.number()]),
    arktype: type(['string', 'number']),
    input: { type: 'array', prefixItems: [S, N], minItems: 2, items: false },
    otherwise: {
      zod: {
        why: 'writes the length twice',
        input: { type: 'array', prefixItems: [S, N], minItems: 2, maxItems: 2, items: false },
      },
    },
  },
  {
    name: 'text or null',
    valibot: v.nullable(v.string()),
    zod: z.string().nullable(),
    arktype: type('string | null'),
    input: { anyOf: [S, { type: 'null' }] },
    otherwise: { zod: { why: 'another spelling', input: { type: ['string', 'null'] } } },
  },
  {
    name: 'text or an array',
    valibot: v.union([v.string(), v.array(v.string())]),
    zod: z.union([z.string(), z.array(z.string())]),
    arktype: type('string | string[]'),
    input: { anyOf: [S, { type: 'array', items: S }] },
  },
  {
    name: 'a literal',
    valibot: v.literal('a'),
    zod: z.literal('a'),
    arktype: type("'a'"),
    input: { ...S, const: 'a' },
    otherwise: { arktype: { why: 'leaves out the type', input: { const: 'a' } } },
  },
  {
    name: 'an enumeration',
    valibot: v.picklist(['a', 'b']),
    zod: z.enum(['a', 'b']),
    arktype: type("'a' | 'b'"),
    input: { ...S, enum: ['a', 'b'] },
    otherwise: { arktype: { why: 'leaves out the type', input: { enum: ['a', 'b'] } } },
  },
  {
    name: 'an integer with bounds',
    valibot: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9)),
    zod: z.int().min(1).max(9),
    arktype: type('1 <= number.integer <= 9'),
    input: { type: 'integer', minimum: 1, maximum: 9 },
  },
  {
    name: 'text with bounds and a pattern',
    valibot: v.pipe(v.string(), v.minLength(1), v.maxLength(9), v.regex(/^a+$/)),
    zod: z.string().min(1).max(9).regex(/^a+$/),
    arktype: type('1 <= string <= 9').and(type(/^a+$/)),
    input: { ...S, minLength: 1, maxLength: 9, pattern: '^a+$' },
  },
  {
    name: 'a URL',
    valibot: v.pipe(v.string(), v.url()),
    zod: z.url(),
    arktype: type('string.url'),
    input: { ...S, format: 'uri' },
  },
  {
    name: 'a multiple',
    valibot: v.pipe(v.number(), v.multipleOf(5)),
    zod: z.number().multipleOf(5),
    arktype: type('number % 5'),
    input: { ...N, multipleOf: 5 },
    otherwise: {
      arktype: { why: 'divides only integers', input: { type: 'integer', multipleOf: 5 } },
    },
  },
  {
    name: 'an intersection',
    valibot: v.intersect([v.object({ a: v.string() }), v.object({ b: v.number() })]),
    zod: z.intersection(z.object({ a: z.string() }), z.object({ b: z.number() })),
    arktype: type({ a: 'string' }).and({ b: 'number' }),
    input: { type: 'object', properties: { a: S, b: N }, required: ['a', 'b'] },
    otherwise: {
      valibot: {
        why: 'keeps the parts apart',
        input: {
          allOf: [
            { type: 'object', properties: { a: S }, required: ['a'] },
            { type: 'object', properties: { b: N }, required: ['b'] },
          ],
        },
      },
    },
  },
  {
    name: 'a description',
    valibot: v.pipe(v.string(), v.description('A name')),
    zod: z.string().describe('A name'),
    arktype: type('string').describe('A name'),
    input: { ...S, description: 'A name' },
  },
  {
    name: 'text that becomes a number',
    valibot: v.pipe(v.string(), v.transform(Number), v.number()),
    zod: z.string().transform(Number).pipe(z.number()),
    arktype: type('string').pipe(Number).to('number'),
    input: S,
    output: N,
  },
]

function written(schema: AnySchema) {
  const operation = route('post', '/x')
    .body(schema)
    .response(200, schema)
    .handle(() => new Response() as never)
  const { paths, components } = document({ info: { title: 'x', version: '1' } }, [operation])
  const { requestBody, responses } = (paths['/x']?.post ?? {}) as {
    requestBody?: { content: Record<string, { schema: object }> }
    responses?: Record<string, { content: Record<string, { schema: object }> }>
  }
  const { Problem: _, ...schemas } = components?.schemas ?? {}
  return {
    input: requestBody?.content['application/json']?.schema,
    output: responses?.['200']?.content['application/json']?.schema,
    schemas,
  }
}

const cases = SHAPES.flatMap((shape) =>
  LIBRARIES.map((library) => ({ shape, library, name: shape.name })),
)

describe('the same document from each library', () => {
  it.each(cases)('of $name by $library', ({ shape, library }) => {
    const { input, output = input } = shape.otherwise?.[library] ?? shape
    expect(written(shape[library])).toEqual({ input, output, schemas: {} })
  })

  it.each(cases)('of $name by $library, named', ({ shape, library }) => {
    const { input, output = input } = shape.otherwise?.[library] ?? shape
    const $ref = '#/components/schemas/Named'
    const Named = namedSchema('Named', shape[library])
    const isSame = JSON.stringify(input) === JSON.stringify(output)
    expect(written(Named)).toEqual({
      input: { $ref },
      output: { $ref: isSame ? $ref : `${$ref}Output` },
      schemas: isSame ? { Named: input } : { Named: input, NamedOutput: output },
    })
  })
})

interface Node {
  readonly next?: Node | undefined
}
const ValibotNode: v.GenericSchema<Node> = namedSchema(
  'Node',
  v.object({ next: v.optional(v.lazy(() => ValibotNode)) }),
)
const ZodNode = z
  .object({
    get next() {
      return ZodNode.optional()
    },
  })
  .meta({ id: 'Node' })
const ArkNode = namedSchema('Node', type.scope({ node: { 'next?': 'node' } }).export().node)

describe('a recursive schema', () => {
  it.each([
    ['valibot', ValibotNode],
    ['zod', ZodNode],
    ['arktype', ArkNode],
  ])('is one component by %s', (_, schema) => {
    const reference = { $ref: '#/components/schemas/Node' }
    expect(written(schema)).toEqual({
      input: reference,
      output: reference,
      schemas: { Node: { type: 'object', properties: { next: reference } } },
    })
  })
})

const Dates = type('Date')

const REFUSED = [
  ['dates in an input', v.date(), z.date(), Dates],
  ['bigints', v.bigint(), z.bigint(), type('bigint')],
  ['maps', v.map(v.string(), v.string()), z.map(z.string(), z.string()), type('Map')],
  ['symbols', v.symbol(), z.symbol(), type('symbol')],
  ['classes', v.instance(URL), z.instanceof(URL), type.instanceOf(URL)],
] as const

describe('values without a JSON form', () => {
  it.each(
    REFUSED.flatMap(([name, ...schemas]) =>
      LIBRARIES.map((library, index) => [name, library, schemas[index] as AnySchema] as const),
    ),
  )('%s are refused by %s, with place and remedy', (_, library, schema) => {
    const holder: Record<Library, () => AnySchema> = {
      valibot: () => v.object({ list: v.array(schema as v.GenericSchema) }),
      zod: () => z.object({ list: z.array(schema as z.ZodType) }),
      arktype: () => type({ list: (schema as typeof Dates).array() }),
    }
    const write = () => written(holder[library]())
    expect(write).toThrow(expect.objectContaining({ code: 'schema' }))
    const member = library === 'arktype' ? '' : "at '/list/\\*', "
    expect(write).toThrow(
      new RegExp(
        `^the body of POST /x cannot be documented: ${member}.*has no JSON form\\. Declare`,
      ),
    )
  })

  it.each([
    ['valibot', v.pipe(v.string(), v.transform(Number))],
    ['zod', z.string().transform(Number)],
  ])('include the output of a function, by %s', (_, schema) => {
    expect(() => written(schema)).toThrow(/^the 200 response of POST \/x .* End the schema/)
  })

  it('do not include dates in an output, which are text', () => {
    const operation = (schema: AnySchema) =>
      route('get', '/x')
        .response(200, schema)
        .handle(() => new Response() as never)
    const documents = [
      v.object({ at: v.date() }),
      z.object({ at: z.date() }),
      type({ at: 'Date' }),
    ].map((schema) => document({ info: { title: 'x', version: '1' } }, [operation(schema)]))
    expect(JSON.stringify(documents[0]?.paths)).toContain('"format":"date-time"')
    expect(documents[1]?.paths).toEqual(documents[0]?.paths)
    expect(documents[2]?.paths).toEqual(documents[0]?.paths)
  })

  it('do not include big integers in parameters, which are digits', () => {
    const query = (schema: AnySchema) =>
      document({ info: { title: 'x', version: '1' } }, [
        route('get', '/x')
          .query(schema)
          .response(200)
          .handle((c) => c.body(null, 200)),
      ]).paths['/x']?.get?.parameters
    const parameters = [{ name: 'a', in: 'query', required: true, schema: { type: 'integer' } }]
    expect(query(v.object({ a: v.bigint() }))).toEqual(parameters)
    expect(query(z.object({ a: z.coerce.bigint() }))).toEqual(parameters)
  })

  it('do not include members that may be undefined', () => {
    const schemas = [
      v.object({ a: v.union([v.string(), v.undefined()]) }),
      z.object({ a: z.union([z.string(), z.undefined()]) }),
      type({ 'a?': 'string | undefined' }),
    ]
    for (const schema of schemas) expect(() => written(schema)).not.toThrow()
  })
})

describe('a response that a group declares', () => {
  it.each<[string, AnySchema]>([
    ['named', namedSchema('Missing', v.object({ detail: v.string() }))],
    ["v.title's", v.pipe(v.object({ detail: v.string() }), v.title('Missing'))],
    ["zod's id", z.object({ detail: z.string() }).meta({ id: 'Missing' })],
    ["ArkType's title", type({ detail: 'string' }).configure({ title: 'Missing' })],
  ])('is one component where its schema has a name: %s', (_, schema) => {
    const api = group({ prefix: '/x', responses: { 404: schema } })
    const read = (path: '/a' | '/b') =>
      api
        .route('get', path)
        .response(204)
        .handle(() => new Response() as never)
    const { paths, components } = document({ info: { title: 'x', version: '1' } }, [
      read('/a'),
      read('/b'),
    ])
    const reference = { $ref: '#/components/responses/Missing' }
    expect(paths['/x/a']?.get?.responses[404]).toEqual(reference)
    expect(paths['/x/b']?.get?.responses[404]).toEqual(reference)
    expect(Object.keys(components?.responses ?? {})).toEqual(['Missing'])
  })
})

describe('a schema of zod that does not convert itself', () => {
  const operation = (schema: AnySchema) =>
    route('post', '/x')
      .body(schema)
      .response(204)
      .handle((c) => c.body(null, 204))
  const info = { title: 'x', version: '1' }

  it.each([
    ['of zod/mini', mini.object({ a: mini.number() })],
    ['of zod 3', z3.object({ a: z3.number() })],
  ])('%s is refused with the version to install, and the converter', (_, schema) => {
    expect(() => document({ info }, [operation(schema)])).toThrow(
      expect.objectContaining({
        code: 'schema',
        message: expect.stringMatching(
          /^the body of POST \/x cannot be documented: this schema of zod .* install zod 4\.2 or later, or for zod\/mini .* z\.toJSONSchema/,
        ),
      }),
    )
  })

  it('is refused at the start, once for each library, unless it is not documented', () => {
    const body = z3.object({ a: z3.number() })
    const paid = callback('post', 'https://a.example').body(body).response(204)
    const sends = route('get', '/y')
      .callback('paid', paid)
      .response(200, body)
      .handle(() => new Response() as never)
    const sent = webhook('post', 'paid').body(body).response(204)
    const start = (operations: readonly AnyOperation[], options: Partial<ApiOptions> = {}) =>
      createApi({ info, document: '/openapi.json', ...options }, operations)

    expect(() => start([operation(body), sends], { webhooks: [sent] })).toThrow(
      /^the body of POST of the webhook 'paid' cannot be documented: this schema of zod /,
    )
    expect(() => start([operation(body), sends])).toThrow(/^the body of POST \/x cannot be/)
    expect(() => start([sends])).toThrow(/^the 200 response of GET \/y cannot be/)
    expect(() => start([operation(body)], { document: undefined as never })).not.toThrow()
    const schemas = [{ vendor: 'zod', toJsonSchema: () => ({}) }]
    expect(() => start([operation(body), sends], { webhooks: [sent], schemas })).not.toThrow()
  })

  it('of zod/mini is documented by that converter', () => {
    const schemas = [
      {
        vendor: 'zod',
        toJsonSchema: (schema: unknown, { side }: { side: 'input' | 'output' }) =>
          z.toJSONSchema(schema as z.core.$ZodType, { io: side }),
      },
    ]
    const written = document({ info, schemas }, [operation(mini.object({ a: mini.number() }))])
    expect(written.paths['/x']?.post?.requestBody).toMatchObject({
      content: {
        'application/json': {
          schema: { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] },
        },
      },
    })
  })
})
