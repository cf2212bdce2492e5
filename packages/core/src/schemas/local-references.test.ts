import { type } from 'arktype'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { route } from '../builders/route.ts'
import { type AnySchema, namedSchema } from '../definition/schema.ts'
import { document } from '../openapi/document.ts'
import { renameReferences } from './references.ts'

/** The document's bodies and components of requests with these schemas. */
function bodiesOf(...bodies: AnySchema[]) {
  const operations = bodies.map((body, index) =>
    route('post', `/${index}`)
      .body(body)
      .response(200)
      .handle((c) => c.body(null, 200)),
  )
  const { paths, components } = document({ info: { title: 'x', version: '1' } }, operations)
  const { Problem, ...schemas } = components?.schemas ?? {}
  // every reference in the document resolves
  for (const [, name] of JSON.stringify([paths, schemas])
    .replaceAll(/#\/components\/responses\/\w+/g, '#/components/schemas/Problem')
    .matchAll(/"\$ref":"([^"]*)"/g)) {
    const [start, component = ''] = name?.split('#/components/schemas/') ?? []
    expect([start, Object.hasOwn({ Problem, ...schemas }, component)], name).toEqual(['', true])
  }
  const written = Object.values(paths).map(
    ({ post }) => post?.requestBody?.content['application/json']?.schema,
  )
  return [written, schemas] as const
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })

const ZodTree = z.object({
  value: z.string(),
  get next() {
    return z.optional(ZodTree)
  },
})
const ArkTree = type.scope({ tree: { value: 'string', 'next?': 'tree' } }).export().tree

describe.each([
  ['zod', () => z.object({ a: z.string().min(2), b: z.number().optional() })],
  ['ArkType', () => type({ a: 'string >= 2', 'b?': 'number' })],
])('a schema of %s', (_, make) => {
  const expected = {
    type: 'object',
    properties: { a: { type: 'string', minLength: 2 }, b: { type: 'number' } },
    required: ['a'],
  }

  it('is written inline or as a component', () => {
    expect(bodiesOf(make(), v.string())[0]).toEqual([expected, { type: 'string' }])
    expect(bodiesOf(namedSchema('Item', make()))).toEqual([[ref('Item')], { Item: expected }])
  })
})

describe('the local references of a schema', () => {
  it.each([
    ['zod', ZodTree],
    ['ArkType', ArkTree],
  ])('to itself, by %s, lead to its component', (_, schema) => {
    const Tree = namedSchema('Tree', schema)
    expect(bodiesOf(Tree, Tree)).toEqual([
      [ref('Tree'), ref('Tree')],
      {
        Tree: {
          type: 'object',
          properties: { value: { type: 'string' }, next: ref('Tree') },
          required: ['value'],
        },
      },
    ])
  })

  it('to itself need a name', () => {
    const Loop = z.object({
      get next() {
        return z.optional(Loop)
      },
    })
    expect(() => bodiesOf(Loop)).toThrow(expect.objectContaining({ code: 'schema' }))
    expect(() => bodiesOf(Loop)).toThrow(/wrap it in namedSchema\('Name', …\)/)
  })

  it('to its definitions lead to components with legal names', () => {
    const Id = z.string().meta({ id: 'Order id' })
    expect(bodiesOf(z.object({ a: Id, b: z.array(Id) }))).toEqual([
      [
        {
          type: 'object',
          properties: { a: ref('Order_id'), b: { type: 'array', items: ref('Order_id') } },
          required: ['a', 'b'],
        },
      ],
      { Order_id: { type: 'string' } },
    ])
  })

  it('to equal definitions share a component, to different ones of one name do not', () => {
    const Again = z.object({
      get next() {
        return z.optional(Again)
      },
    })
    const Other = z.object({
      get others() {
        return z.array(Other)
      },
    })
    const Holder = z.object({ a: Again, b: Again })
    const [, components] = bodiesOf(Holder, z.object({ a: Other, b: Other }), Holder.clone())
    expect(Object.keys(components)).toEqual(['__schema0', '__schema02'])
    expect(components.__schema02).toMatchObject({
      properties: { others: { items: ref('__schema02') } },
    })
  })

  it('are neither data nor members named $ref', () => {
    const json = {
      properties: { $ref: { type: 'string' }, default: { $ref: '#' } },
      default: { $ref: '#' },
    }
    expect(renameReferences(json, () => '#/components/schemas/A')).toEqual({
      properties: { $ref: { type: 'string' }, default: ref('A') },
      default: { $ref: '#' },
    })
  })
})
