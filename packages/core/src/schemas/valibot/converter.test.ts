import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import type { AnySchema } from '../../definition/schema.ts'
import { namedSchema } from '../../definition/schema.ts'
import { createComponents } from '../../openapi/components.ts'
import type { Side, Wire } from '../conversion.ts'

function written(schema: AnySchema, side: Side = 'input', wire: Wire = 'json') {
  return createComponents().schema(schema, side, 'the schema', wire)
}

const text = v.string()

describe('the members of an object', () => {
  const Query = v.object({
    a: text,
    b: v.optional(text),
    c: v.optional(text, 'x'),
    d: v.nullish(text, 'x'),
    e: v.exactOptional(text),
    f: v.undefinedable(text),
    g: v.fallback(text, 'x'),
    h: v.union([text, v.undefined()]),
    i: v.nullish(text, null),
    j: v.optional(text, () => 'x'),
    k: v.nullable(text, 'x'),
    '~l/': v.pipe(v.optional(text, 'x'), v.minLength(1)),
  })

  it('are required where valibot demands them', () => {
    expect(written(Query).required).toEqual(['a', 'f', 'h', 'k'])
    expect(v.is(Query, { a: '', f: '', h: '', k: '' })).toBe(true)
    for (const name of ['a', 'f', 'h', 'k']) {
      expect(v.is(Query, { a: '', f: '', h: '', k: '', [name]: undefined, b: name })).toBe(
        name === 'f' || name === 'h',
      )
    }
  })

  it('are required where the output always has them', () => {
    const required = ['a', 'c', 'd', 'g', 'i', 'j', 'k', '~l/']
    expect(written(Query, 'output').required).toEqual(required)
    const given = v.parse(Query, { a: '', f: undefined, h: undefined, k: null })
    expect(Object.keys(JSON.parse(JSON.stringify(given))).toSorted()).toEqual(required.toSorted())
  })

  it('have defaults in the input', () => {
    const { properties } = written(Query) as { properties: Record<string, { default?: unknown }> }
    const defaults = Object.entries(properties).flatMap(([name, json]) =>
      'default' in json ? [[name, json.default]] : [],
    )
    expect(defaults).toEqual([
      ['c', 'x'],
      ['d', 'x'],
      ['i', null],
      ['~l/', 'x'],
    ])
    expect(JSON.stringify(written(Query, 'output'))).not.toContain('default')
  })

  it('are left out of the output where they are undefined', () => {
    const schema = v.object({ a: v.undefined(), b: v.void() })
    expect(written(schema, 'output')).toEqual({ type: 'object', properties: {} })
    expect(() => written(schema)).toThrow(/at '\/a', valibot's 'undefined' .* Leave it out/)
  })

  it('may have any name', () => {
    const entries = Object.fromEntries([['__proto__', text]])
    const { properties } = written(v.object(entries)) as { properties: object }
    expect(Object.keys(properties)).toEqual(['__proto__'])
  })
})

describe('a pipe', () => {
  const Amount = v.pipe(text, v.decimal(), v.toNumber(), v.minValue(0), v.description('In euros'))

  it('has the checks before a change in the input, those after it in the output', () => {
    const description = 'In euros'
    expect(written(Amount)).toEqual({
      type: 'string',
      pattern: v.DECIMAL_REGEX.source,
      description,
    })
    expect(written(Amount, 'output')).toEqual({ type: 'number', minimum: 0, description })
  })

  it('has an input that all its schemas accept', () => {
    const schema = v.pipe(v.unknown(), v.string(), v.picklist(['a', 'b']))
    expect(written(schema)).toEqual({ type: 'string', enum: ['a', 'b'] })
    expect(written(v.pipe(text, v.trim(), v.picklist(['a'])))).toEqual({ type: 'string' })
  })

  it('has no check before a change in the output', () => {
    const schema = v.pipe(text, v.minLength(2), v.trim(), v.maxLength(9))
    expect(written(schema, 'output')).toEqual({ type: 'string', maxLength: 9 })
    const nested = v.pipe(v.pipe(text, v.toNumber(), v.minValue(2)), v.toMaxValue(9))
    expect(written(nested, 'output')).toEqual({ type: 'number', maximum: 9 })
    const Items = v.pipe(v.array(text), v.minLength(2), v.filterItems(Boolean))
    expect(written(Items, 'output')).toEqual({ type: 'array', items: { type: 'string' } })
  })

  it('keeps the stricter of two bounds', () => {
    const schema = v.pipe(v.number(), v.minValue(1), v.minValue(3), v.maxValue(9), v.maxValue(5))
    expect(written(schema)).toEqual({ type: 'number', minimum: 3, maximum: 5 })
  })

  it('refers to a named schema, and adds its own keywords', () => {
    const Id = namedSchema('Id', v.pipe(text, v.uuid()))
    expect(written(v.pipe(Id, v.description('Of the order'), v.maxLength(9)))).toEqual({
      $ref: '#/components/schemas/Id',
      description: 'Of the order',
      maxLength: 9,
    })
  })

  it('has its examples as JSON', () => {
    const At = v.pipe(
      text,
      v.examples(['2026-01-01']),
      v.toDate(),
      v.metadata({ examples: [new Date(0), Symbol('x')], example: 1n }),
    )
    expect(written(At).examples).toEqual(['2026-01-01'])
    expect(written(At, 'output')).toEqual({
      type: 'string',
      format: 'date-time',
      examples: ['1970-01-01T00:00:00.000Z'],
    })
  })
})

describe('a check', () => {
  it.each([
    [
      'of an array',
      v.pipe(v.array(text), v.nonEmpty(), v.includes('a')),
      { minItems: 1, contains: { const: 'a' } },
    ],
    ['of a tuple', v.pipe(v.tuple([text]), v.length(1)), { maxItems: 1 }],
    [
      'of a named text',
      v.pipe(namedSchema('N', v.pipe(text, v.trim())), v.length(1)),
      { maxLength: 1 },
    ],
    [
      'of text or array',
      v.pipe(v.union([text, v.array(text)]), v.length(1)),
      { minItems: 1, minLength: 1 },
    ],
    ['of a date', v.pipe(v.pipe(text, v.toDate()), v.minValue(new Date(0))), { type: 'string' }],
    ['of text', v.pipe(text, v.minValue('a')), { type: 'string' }],
    ['that is a sum of flags', v.pipe(text, v.regex(/a/iu)), { type: 'string' }],
    ['that Unicode does not read', v.pipe(text, v.regex(/-/)), { type: 'string' }],
    [
      'twice',
      v.pipe(text, v.notValue('a'), v.notValue('b')),
      { not: { const: 'a' }, allOf: [{ not: { const: 'b' } }] },
    ],
    [
      'that JSON cannot hold',
      v.pipe(v.number(), v.maxValue(Number.POSITIVE_INFINITY)),
      { type: 'number' },
    ],
  ])('%s has the keywords of its type', (_, schema, expected) => {
    expect(written(schema)).toMatchObject(expected)
    const keywords = Object.keys(written(schema)).filter((one) => one.startsWith('m'))
    expect(keywords).toEqual(
      expect.arrayContaining(Object.keys(expected).filter((one) => one.startsWith('m'))),
    )
  })
})

describe('a value that text can hold and JSON cannot', () => {
  it.each([
    ['bigint', v.pipe(v.bigint(), v.minValue(2n)), { type: 'integer', minimum: 2 }],
    ['a literal bigint', v.literal(2n), { type: 'integer', const: 2 }],
    ['bigints', v.picklist([1n, 2n]), { type: 'number', enum: [1, 2] }],
    ['an instance', v.instance(URL), {}],
    [
      'what is made to bigint',
      v.pipe(text, v.toBigint(), v.maxValue(3n)),
      { type: 'integer', maximum: 3 },
    ],
    [
      'files',
      v.pipe(v.file(), v.mimeType(['a/b']), v.maxSize(3)),
      { type: 'string', format: 'binary', contentMediaType: 'a/b' },
    ],
  ])('%s', (_, schema, expected) => {
    expect(written(schema, 'output', 'text')).toEqual(expected)
    expect(() => written(schema, 'output')).toThrow(expect.objectContaining({ code: 'schema' }))
  })
})

describe('an error', () => {
  it.each([
    ['/lines/*/at', v.object({ lines: v.array(v.object({ at: v.date() })) })],
    ['/a|2', v.object({ a: v.union([text, v.bigint()]) })],
    ['/a|1/b', v.object({ a: v.variant('k', [v.object({ k: v.literal('x'), b: v.date() })]) })],
    ['/1', v.tuple([text, v.symbol()])],
    ['/*', v.record(text, v.map(text, text))],
    ['/a~1b', v.object({ 'a/b': v.optional(v.set(text)) })],
    [
      '/a',
      v.object({
        a: v.pipe(
          v.nullable(v.date()),
          v.check(() => true),
        ),
      }),
    ],
  ])('names the member %s', (pointer, schema) => {
    expect(() => written(schema)).toThrow(`at '${pointer}', valibot's '`)
  })

  it('refuses a promise of a schema', () => {
    const schema = v.objectAsync({ a: v.lazyAsync(async () => text) })
    expect(() => written(schema)).toThrow(/at '\/a', an asynchronous schema has/)
  })

  it('names the schema of the member', () => {
    const Line = namedSchema('Line', v.object({ at: v.date() }))
    expect(() => written(v.array(Line))).toThrow(
      /^the schema 'Line' in the schema cannot be documented: at '\/at', valibot's 'date' /,
    )
  })
})

describe('null', () => {
  it.each([
    ['is a branch more', v.nullable(text), { anyOf: [{ type: 'string' }, { type: 'null' }] }],
    [
      'is a branch of its own',
      v.nullable(v.picklist(['a'])),
      { anyOf: [{ type: 'string', enum: ['a'] }, { type: 'null' }] },
    ],
    [
      'is taken away',
      v.nonNullable(v.union([v.picklist(['a']), v.null()])),
      { type: 'string', enum: ['a'] },
    ],
    ['is forbidden', v.nonNullish(v.any()), { allOf: [{}, { not: { type: 'null' } }] }],
  ])('%s', (_, schema, expected) => {
    expect(written(schema)).toEqual(expected)
  })
})

describe('a check after a transformation', () => {
  const Amount = v.union([v.number(), v.pipe(text, v.toNumber())])
  const AmountJson = { anyOf: [{ type: 'number' }, { type: 'string' }] }
  const Total = v.object({ a: v.pipe(text, v.toNumber()) })

  it.each<[string, AnySchema, object]>([
    ['by a branch of a union', v.pipe(Amount, v.integer(), v.values([1])), AmountJson],
    [
      'inside what may be left out',
      v.pipe(v.optional(v.pipe(text, v.toNumber()), '1'), v.integer()),
      { type: 'string', default: '1' },
    ],
    [
      'by what a lazy schema leads to',
      v.pipe(
        v.lazy(() => Amount),
        v.integer(),
      ),
      AmountJson,
    ],
    [
      'by a pipe in the pipe',
      v.pipe(v.unknown(), v.pipe(text, v.toNumber()), v.integer()),
      { type: 'string' },
    ],
    [
      'in a member',
      v.pipe(Total, v.object({ a: v.number() })),
      { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
    ],
    [
      'in an item',
      v.pipe(v.array(v.pipe(text, v.toNumber())), v.includes(5)),
      { type: 'array', items: { type: 'string' } },
    ],
    [
      'in one of two types',
      v.pipe(v.union([text, v.array(text)]), v.excludes('a')),
      { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
    ],
    ['by its case', v.pipe(text, v.toLowerCase(), v.regex(/^[a-z]+$/)), { type: 'string' }],
    [
      'by a bound',
      v.pipe(v.number(), v.toMaxValue(9), v.maxValue(9), v.description('At most 9')),
      { type: 'number', description: 'At most 9' },
    ],
    [
      'by fewer items',
      v.pipe(v.array(text), v.filterItems(Boolean), v.maxLength(1)),
      { type: 'array', items: { type: 'string' } },
    ],
    [
      'by members that it drops',
      v.pipe(v.object({ a: v.optional(text) }), v.maxEntries(1), v.notEntries(0)),
      { type: 'object', properties: { a: { type: 'string' } } },
    ],
  ])('does not apply to the input: %s', (_, schema, expected) => {
    expect(written(schema)).toEqual(expected)
  })

  it('applies to the input where the value is the same', () => {
    const Patch = v.pipe(v.object({ a: v.optional(text) }), v.minEntries(1))
    expect(written(Patch)).toMatchObject({ minProperties: 1 })
    const Address = v.pipe(text, v.trim(), v.toLowerCase(), v.email(), v.maxLength(9))
    expect(written(Address)).toEqual({ type: 'string', format: 'email', maxLength: 9 })
  })

  it.each<[string, AnySchema, object]>([
    ['a union', v.pipe(v.union([v.pipe(text, v.length(3)), v.literal(' ')]), v.trim()), {}],
    ['a tuple', v.pipe(v.tuple([v.number(), text]), v.filterItems(Boolean)), {}],
  ])('after %s applies to an unknown output', (_, schema, expected) => {
    expect(written(schema, 'output')).toEqual(expected)
  })
})

describe('undefined', () => {
  const number = { type: 'number' }
  const orNull = { anyOf: [number, { type: 'null' }] }

  it.each<[string, AnySchema, object, object]>([
    [
      'may be left out of a list at its end',
      v.tuple([v.number(), v.fallback(v.number(), 1), v.lazy(() => v.optional(v.number()))]),
      { type: 'array', prefixItems: [number, number, number], minItems: 1 },
      { type: 'array', prefixItems: [number, number, orNull], minItems: 3 },
    ],
    [
      'may not be where valibot takes none',
      v.tuple([v.exactOptional(v.number())]),
      { type: 'array', prefixItems: [number], minItems: 1 },
      { type: 'array', prefixItems: [number], minItems: 1 },
    ],
    [
      'is null in a list',
      v.array(v.undefinedable(v.number())),
      { type: 'array', items: number },
      { type: 'array', items: orNull },
    ],
    [
      'is no member that is given, however it may come',
      v.object({ a: v.union([v.number(), v.optional(v.number())]) }),
      { type: 'object', properties: { a: { anyOf: [number, number] } }, required: ['a'] },
      { type: 'object', properties: { a: { anyOf: [number, number] } } },
    ],
  ])('%s', (_, schema, input, output) => {
    expect(written(schema)).toEqual(input)
    expect(written(schema, 'output')).toEqual(output)
  })
})

describe('a constant JSON Schema', () => {
  it.each<[string, AnySchema, object]>([
    ['divides by what is above zero', v.pipe(v.number(), v.multipleOf(-2)), { multipleOf: 2 }],
    ['does not divide by zero', v.pipe(v.number(), v.multipleOf(0)), { type: 'number' }],
    ['has one branch at least', v.nonNullable(v.nullable(v.null())), { not: {} }],
    [
      'takes the first of two branches',
      v.variant('k', [
        v.object({ k: v.picklist(['a', 'b']) }),
        v.object({ k: v.literal('a'), of: v.optional(text) }),
      ]),
      { anyOf: [{ type: 'object' }, { type: 'object' }] },
    ],
    [
      'counts what a later schema lets through',
      v.pipe(v.unknown(), text, v.minLength(2)),
      { type: 'string', minLength: 2 },
    ],
  ])('%s', (_, schema, expected) => {
    expect(written(schema)).toMatchObject(expected)
  })

  it('does not change when keywords are added to a copy', () => {
    const json = written(v.pipe(text, v.toNumber(), v.minValue(1)), 'output')
    expect(written(v.pipe(text, v.toNumber()), 'output')).toEqual({ type: 'number' })
    expect(json).toEqual({ type: 'number', minimum: 1 })
  })
})

describe('a recursive schema', () => {
  it('without a name is refused where it contains itself', () => {
    const Node: v.GenericSchema = v.object({ next: v.lazy(() => Node) })
    expect(() => written(Node)).toThrow("at '/next', a recursive schema needs a name")
  })
})
