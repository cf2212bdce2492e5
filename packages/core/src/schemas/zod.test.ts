import { type } from 'arktype'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { route } from '../builders/route.ts'
import type { AnySchema } from '../definition/schema.ts'
import { document } from '../openapi/document.ts'

it.each<[string, AnySchema]>([
  [
    'zod',
    z
      .object({
        a: z.string().readonly(),
        b: z.string().readonly().optional(),
        c: z.array(z.string()).readonly(),
        d: z.string().readonly().nullable().default('d'),
        e: z.string().brand('E'),
      })
      .readonly(),
  ],
  [
    'valibot',
    v.pipe(v.object({ a: v.pipe(v.string(), v.readonly(), v.brand('A')) }), v.readonly()),
  ],
  ['ArkType', type({ a: type('string').brand('B') })],
])("a notion of the compiler's is not in the document: %s", (_, schema) => {
  const both = route('post', '/x')
    .body(schema)
    .response(200, schema)
    .handle((c) => c.json({} as never, 200))
  const text = JSON.stringify(document({ info: { title: 'T', version: '1' } }, [both]))
  expect(text).not.toMatch(/readOnly|brand/)
})

it('the document says what .meta() says', () => {
  const schema = z.object({
    a: z.string().meta({ readOnly: true }),
    b: z.string().meta({ readOnly: true }).readonly().optional(),
    c: z.string().readonly().meta({ readOnly: true }),
    d: z.string().meta({ writeOnly: true }),
  })
  const named = route('post', '/x')
    .body(schema.meta({ id: 'X' }))
    .response(204)
    .handle((c) => c.body(null, 204))
  const { components } = document({ info: { title: 'T', version: '1' } }, [named])
  expect(components?.schemas?.X).toMatchObject({
    properties: {
      a: { readOnly: true },
      b: { readOnly: true },
      c: { readOnly: true },
      d: { writeOnly: true },
    },
  })
})
