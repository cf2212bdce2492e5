import { type } from 'arktype'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createApi } from '../api.ts'
import { route } from '../builders/route.ts'
import type { AnySchema } from '../definition/schema.ts'
import { document } from './document.ts'

const info = { title: 'T', version: '1' }
const response = () => new Response() as never

describe('a schema of text', () => {
  it.each<[string, AnySchema, object]>([
    ['a date', v.object({ at: v.date() }), { type: 'string', format: 'date-time' }],
    [
      'a date within limits',
      v.object({ at: v.pipe(v.date(), v.minValue(new Date(0))) }),
      { type: 'string', format: 'date-time' },
    ],
    ['a big integer', v.object({ at: v.bigint() }), { type: 'integer' }],
    ['a date of zod', z.object({ at: z.coerce.date() }), {}],
    ['a date of ArkType', type({ at: 'string.date.iso.parse' }), {}],
    [
      'one of two schemas',
      v.intersect([v.object({ at: v.number() }), v.object({})]),
      { type: 'number' },
    ],
  ])('is documented as %s', (_, schema, json) => {
    const operation = route('post', '/x')
      .query(schema)
      .bodyAs('application/x-www-form-urlencoded', schema)
      .response(200, undefined, { headers: schema })
      .handle(response)
    const { parameters, responses } = document({ info }, [operation]).paths['/x']?.post ?? {}
    expect(parameters).toMatchObject([{ name: 'at', in: 'query', required: true, schema: json }])
    expect(responses?.['200']).toMatchObject({
      headers: { at: { required: true, schema: json } },
    })
  })

  it.each([
    [
      'body',
      route('post', '/x')
        .body(v.object({ at: v.date() }))
        .response(200),
    ],
    [
      'body',
      route('post', '/x')
        .body(z.object({ at: z.coerce.date() }))
        .response(200),
    ],
  ])('is refused in JSON, in whole sentences: %s', (what, builder) => {
    expect(() => document({ info }, [builder.handle(response)])).toThrow(
      new RegExp(
        `the ${what} of POST /x cannot be documented: .* no JSON form\\. Declare the type`,
      ),
    )
  })
})

describe('files and bytes', () => {
  const Binary = { type: 'string', format: 'binary' }

  it('are documented in requests and responses', async () => {
    const upload = route('post', '/x')
      .bodyAs('multipart/form-data', v.object({ file: v.file(), more: v.array(v.blob()) }))
      .bodyAs('image/*', v.instance(Uint8Array))
      .responseAs(200, 'image/png', v.instance(Uint8Array))
      .handle(response)
    const app = createApi({ info, document: '/openapi.json' }, [upload])
    const { paths } = (await (await app.request('/openapi.json')).json()) as ReturnType<
      typeof document
    >
    expect(paths['/x']?.post).toMatchObject({
      requestBody: {
        content: {
          'multipart/form-data': {
            schema: { properties: { file: Binary, more: { type: 'array', items: Binary } } },
          },
          'image/*': { schema: {} },
        },
      },
      responses: { 200: { content: { 'image/png': { schema: {} } } } },
    })
  })
})
