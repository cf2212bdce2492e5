import { type } from 'arktype'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { AnySchema } from '../definition/schema.ts'
import { sentValueOf } from './sent-value.ts'

const payloadOf = (schema: AnySchema, given: unknown) =>
  sentValueOf(schema, { side: 'input', undeclared: 'remove', isChecked: true })(given)

describe('a payload leaves as it is given where its schema transforms:', () => {
  it.each<[string, AnySchema]>([
    ['valibot', v.object({ n: v.pipe(v.string(), v.transform(Number)) })],
    [
      'valibot, the whole',
      v.pipe(
        v.object({ n: v.string() }),
        v.transform(({ n }) => n),
      ),
    ],
    ['zod', z.object({ n: z.string().transform(Number) })],
    [
      'a codec of zod',
      z.object({ n: z.codec(z.string(), z.number(), { decode: Number, encode: String }) }),
    ],
    ['zod, the whole', z.object({ n: z.string() }).transform(({ n }) => n)],
    ['ArkType', type({ n: 'string.numeric.parse' })],
    ['ArkType, the whole', type({ n: 'string' }).pipe(({ n }) => n)],
  ])('%s', (_, schema) => {
    expect(payloadOf(schema, { n: '1', hash: 'hunter2' })).toEqual({ value: { n: '1' } })
  })
})

describe('a payload has the defaults of its schema:', () => {
  it.each<[string, AnySchema, object]>([
    ['zod', z.object({ n: z.number().default(1) }), { n: 1 }],
    ['ArkType', type({ n: 'number = 1' }), { n: 1 }],
    ['as text, where it is parsed', type({ n: ['string.numeric.parse', '=', '1'] }), { n: '1' }],
    ['prefault of zod', z.object({ n: z.string().transform(Number).prefault('1') }), { n: '1' }],
    ['none that only an output has', z.object({ n: z.string().transform(Number).default(1) }), {}],
  ])('%s', (_, schema, value) => {
    expect(payloadOf(schema, {})).toEqual({ value })
  })
})

interface Tree {
  readonly name: string
  readonly inner?: Tree | undefined
}

describe('a schema that contains itself names members at any depth:', () => {
  const tree: v.GenericSchema<Tree> = v.object({
    name: v.string(),
    inner: v.optional(v.lazy(() => tree)),
  })
  const node = z.object({
    name: z.string(),
    get inner() {
      return node.optional()
    },
  })
  const scope = type.module({ node: { name: 'string', 'inner?': 'node' } })

  it.each<[string, AnySchema]>([
    ['valibot', tree],
    ['zod', node],
    ['ArkType', scope.node],
  ])('%s', (_, schema) => {
    const given = { name: 'a', x: 1, inner: { name: 'b', x: 1, inner: { name: 'c', x: 1 } } }
    expect(payloadOf(schema, given)).toEqual({
      value: { name: 'a', inner: { name: 'b', inner: { name: 'c' } } },
    })
  })
})

it('a library that is not known names members by its JSON Schema', () => {
  const json = {
    type: 'object',
    properties: { id: { type: 'string' }, n: { type: 'number', default: 1 } },
    required: ['id'],
  }
  const schema = {
    '~standard': {
      version: 1,
      vendor: 'other',
      validate: (value: unknown) => ({ value }),
      jsonSchema: { input: () => json, output: () => json },
    },
  } as const
  expect(payloadOf(schema, { id: '1', hash: 'x' })).toEqual({ value: { id: '1', n: 1 } })
})
