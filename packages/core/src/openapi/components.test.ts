import { type } from 'arktype'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type AnySchema, namedSchema } from '../definition/schema.ts'
import { referenceTo as ref } from '../schemas/references.ts'
import { createComponents } from './components.ts'

const A = 'the body of POST /a'
const B = 'the 200 response of GET /b'

describe('the name of a component', () => {
  it.each([
    ['named', namedSchema('X1', v.object({}))],
    ["valibot's title", v.pipe(v.object({}), v.title('X1'))],
    ["zod's id", z.object({}).meta({ id: 'X1' })],
    ["ArkType's title", type({}).configure({ title: 'X1' })],
    ['named, before a title', namedSchema('X1', v.pipe(v.object({}), v.title('Y')))],
    ["named, before zod's id", namedSchema('X1', z.object({}).meta({ id: 'Y' }))],
  ])('is that of %s', (_, schema) => {
    const components = createComponents()
    expect(components.schema(schema, 'input', A)).toEqual(ref('X1'))
    expect(Object.keys(components.all())).toEqual(['X1'])
  })

  it('is made legal where it is an id of zod, and ignored where it is a title', () => {
    const components = createComponents()
    expect(components.schema(z.string().meta({ id: 'a b' }), 'input', A)).toEqual(ref('a_b'))
    const titled = v.pipe(v.string(), v.title('a b'))
    expect(components.schema(titled, 'input', A)).toEqual({ type: 'string', title: 'a b' })
  })

  it('is that of schemas inside, in zod as in valibot', () => {
    const Id = namedSchema('Id', z.uuid())
    const Line = z.object({ id: Id, more: z.array(Id) }).meta({ id: 'Line' })
    const components = createComponents()
    expect(components.schema(z.array(Line), 'input', A)).toEqual({
      type: 'array',
      items: ref('Line'),
    })
    expect(components.all().Line).toMatchObject({
      properties: { id: ref('Id'), more: { type: 'array', items: ref('Id') } },
    })
  })
})

describe.each([
  [
    'valibot',
    namedSchema('Total', v.pipe(v.string(), v.transform(Number), v.number())),
    (total: AnySchema) =>
      v.object({ total: total as v.GenericSchema, page: v.optional(v.number(), 1) }),
    (inner: AnySchema) => v.object({ list: v.array(inner as v.GenericSchema) }),
  ],
  [
    'zod',
    namedSchema('Total', z.string().transform(Number).pipe(z.number())),
    (total: AnySchema) => z.object({ total: total as z.ZodType, page: z.number().default(1) }),
    (inner: AnySchema) => z.object({ list: z.array(inner as z.ZodType) }),
  ],
] as const)('two sides of %s', (_, Total, order, holder) => {
  it('are two components where they differ, or refer to a schema that differs', () => {
    const Order = namedSchema('Order', order(Total))
    const Holder = namedSchema('Holder', holder(Order))
    const components = createComponents()
    expect(components.schema(Holder, 'output', B)).toEqual(ref('HolderOutput'))
    expect(Object.keys(components.all())).toEqual(['HolderOutput', 'OrderOutput', 'TotalOutput'])
    expect(components.schema(Holder, 'input', A)).toEqual(ref('Holder'))
    expect(components.all()).toEqual({
      Holder: {
        type: 'object',
        properties: { list: { type: 'array', items: ref('Order') } },
        required: ['list'],
      },
      HolderOutput: {
        type: 'object',
        properties: { list: { type: 'array', items: ref('OrderOutput') } },
        required: ['list'],
      },
      Order: {
        type: 'object',
        properties: { total: ref('Total'), page: { type: 'number', default: 1 } },
        required: ['total'],
      },
      OrderOutput: {
        type: 'object',
        properties: { total: ref('TotalOutput'), page: { type: 'number' } },
        required: ['total', 'page'],
      },
      Total: { type: 'string' },
      TotalOutput: { type: 'number' },
    })
  })
})

describe('two sides', () => {
  it('are one component where they are equal, or only one has a JSON form', () => {
    const components = createComponents()
    const Same = namedSchema('Same', z.object({ a: z.string() }))
    const Dated = namedSchema('Dated', v.object({ at: v.date() }))
    expect(components.schema(Same, 'output', B)).toEqual(components.schema(Same, 'input', A))
    expect(components.schema(Dated, 'output', B)).toEqual(ref('Dated'))
    expect(components.inline(Dated, 'input', A)).toMatchObject({ type: 'object' })
    expect(Object.keys(components.all())).toEqual(['Dated', 'Same'])
  })

  it('are converted once for each schema', () => {
    let asked = 0
    const standard = z.string()['~standard']
    const counted = (side: 'input' | 'output') => () => {
      asked++
      return { type: 'string', title: side }
    }
    const Counted: AnySchema = {
      '~standard': {
        ...standard,
        vendor: 'counted',
        jsonSchema: { input: counted('input'), output: counted('output') },
      } as AnySchema['~standard'],
    }
    const components = createComponents()
    const Named = namedSchema('Named', { ...Counted })
    for (let count = 0; count < 5; count++) {
      for (const schema of [Counted, Named]) {
        components.schema(schema, 'input', A)
        components.schema(schema, 'output', B)
      }
    }
    expect(asked).toBe(4)
  })
})

describe('two schemas of one name', () => {
  it.each([
    ['named', namedSchema('X', v.string()), namedSchema('X', v.number())],
    ['of different libraries', z.string().meta({ id: 'X' }), namedSchema('X', v.string())],
    [
      'an output and a schema of its name',
      namedSchema('X', v.optional(v.string(), 'a')),
      namedSchema('XOutput', v.number()),
    ],
  ])('%s are an error that names both places', (_, one, other) => {
    const components = createComponents()
    const run = () => {
      components.schema(one, 'output', A)
      components.schema(other, 'input', B)
    }
    expect(run).toThrow(expect.objectContaining({ code: 'duplicate-name' }))
    expect(run).toThrow(`one in ${A}, one in ${B}; give one of them another name`)
  })

  it('in one place are an error that says so', () => {
    const Both = v.object({ a: namedSchema('X', v.string()), b: namedSchema('X', v.number()) })
    expect(() => createComponents().schema(Both, 'input', A)).toThrow(`named 'X', both in ${A};`)
  })

  it('are no error where the name is a title: equal ones share it, others are written inline', () => {
    const titled = (schema: v.GenericSchema) => v.pipe(schema, v.title('Id'))
    const components = createComponents()
    expect(components.schema(titled(v.string()), 'input', A)).toEqual(ref('Id'))
    expect(components.schema(titled(v.string()), 'output', B)).toEqual(ref('Id'))
    expect(components.schema(titled(v.number()), 'input', B)).toEqual({
      type: 'number',
      title: 'Id',
    })
  })
})

describe('a union with a discriminator', () => {
  const of = (name: string) =>
    v.object({ by: v.picklist([name, `${name}2`]), n: v.optional(v.string(), '') })

  it.each([
    [
      'valibot',
      namedSchema(
        'Pay',
        v.variant('by', [namedSchema('Card', of('card')), namedSchema('Bank', of('bank'))]),
      ),
    ],
    [
      'zod',
      z
        .discriminatedUnion('by', [
          z
            .object({ by: z.enum(['card', 'card2']), n: z.string().default('') })
            .meta({ id: 'Card' }),
          z
            .object({ by: z.enum(['bank', 'bank2']), n: z.string().default('') })
            .meta({ id: 'Bank' }),
        ])
        .meta({ id: 'Pay' }),
    ],
  ])('of %s has a discriminator, on each side with its components', (_, Pay) => {
    const components = createComponents()
    components.schema(Pay, 'input', A)
    components.schema(Pay, 'output', B)
    const { Pay: input, PayOutput: output } = components.all()
    const union = (suffix: string) => ({
      oneOf: [ref(`Card${suffix}`), ref(`Bank${suffix}`)],
      discriminator: {
        propertyName: 'by',
        mapping: {
          card: ref(`Card${suffix}`).$ref,
          card2: ref(`Card${suffix}`).$ref,
          bank: ref(`Bank${suffix}`).$ref,
          bank2: ref(`Bank${suffix}`).$ref,
        },
      },
    })
    expect([input, output]).toEqual([union(''), union('Output')])
  })

  it('has none where a branch is no component', () => {
    const Pay = v.variant('by', [namedSchema('Card', of('card')), of('bank')])
    expect(createComponents().schema(Pay, 'input', A)).not.toHaveProperty('discriminator')
  })

  it('may contain another', () => {
    const Inner = namedSchema('Inner', v.variant('by', [of('a'), of('b')]))
    const Outer = v.variant('by', [Inner, namedSchema('C', of('c'))])
    expect(createComponents().schema(Outer, 'input', A).discriminator).toEqual({
      propertyName: 'by',
      mapping: {
        a: ref('Inner').$ref,
        a2: ref('Inner').$ref,
        b: ref('Inner').$ref,
        b2: ref('Inner').$ref,
        c: ref('C').$ref,
        c2: ref('C').$ref,
      },
    })
  })
})

describe('a recursive schema', () => {
  interface Tree {
    readonly children: readonly Tree[]
  }
  const make = (): v.GenericSchema<Tree> => v.object({ children: v.array(v.lazy(make)) })

  it('needs a name, also where a function creates a new one each time', () => {
    expect(() => createComponents().schema(make(), 'input', A)).toThrow(
      `${A} cannot be documented: at '/children/*/children/*', a recursive schema needs a name`,
    )
  })

  it('refers to its component where it is written inline itself', () => {
    const Query: v.GenericSchema = namedSchema(
      'Q',
      v.object({ a: v.optional(v.lazy(() => Query)) }),
    )
    const components = createComponents()
    expect(components.inline(Query, 'input', A)).toMatchObject({ properties: { a: ref('Q') } })
    expect(components.all()).toEqual({ Q: { type: 'object', properties: { a: ref('Q') } } })
  })
})

describe('converters of the application', () => {
  const validate = (value: unknown) => ({ value })
  const Tiny: AnySchema = { '~standard': { version: 1, vendor: 'tiny', validate } }

  it('convert the schemas of their library, for each side', () => {
    const components = createComponents([
      {
        vendor: 'tiny',
        toJsonSchema: (_, { side }) => ({
          $ref: '#/$defs/In',
          $defs: { In: { type: 'string', title: side } },
        }),
      },
    ])
    expect(components.schema(Tiny, 'input', A)).toEqual(ref('In'))
    expect(components.schema(Tiny, 'output', A)).toEqual(ref('In2'))
    expect(components.schema(namedSchema('Tiny', { ...Tiny }), 'output', A)).toEqual(
      ref('TinyOutput'),
    )
  })

  it('take precedence over a known library', () => {
    const components = createComponents([{ vendor: 'zod', toJsonSchema: () => ({ title: 'z' }) }])
    expect(components.schema(z.string(), 'input', A)).toEqual({ title: 'z' })
  })

  it('are missed with a remedy, and their errors name the place', () => {
    expect(() => createComponents().schema(Tiny, 'input', A)).toThrow(
      `${A} cannot be documented: tiny schemas do not convert themselves to JSON Schema; give the document a converter: schemas: [{ vendor: 'tiny', toJsonSchema }]`,
    )
    const toJsonSchema = () => {
      throw new Error('no')
    }
    expect(() =>
      createComponents([{ vendor: 'tiny', toJsonSchema }]).schema(Tiny, 'input', A),
    ).toThrow(`${A} cannot be documented: no. Declare`)
  })
})
