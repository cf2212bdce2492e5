import { type } from 'arktype'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createApi } from '../api.ts'
import { route } from '../builders/route.ts'
import type { CoreError } from '../definition/errors.ts'
import type { AnyOperation } from '../definition/operation.ts'
import type { AnySchema } from '../definition/schema.ts'

const info = { title: 'T', version: '1' }

/** The fault that `createApi` finds in an operation. */
function faultOf(operation: AnyOperation): { code: string; message: string } | undefined {
  try {
    createApi({ info }, [operation])
    return undefined
  } catch (error) {
    return error as CoreError
  }
}

type Part = 'params' | 'query' | 'headers' | 'cookies'
const PARTS: readonly Part[] = ['params', 'query', 'headers', 'cookies']

const withPart = (part: Part, schema: AnySchema) =>
  route('get', '/x/:id')
    [part](schema)
    .response(204)
    .handle((c) => c.body(null, 204))

const withBody = (mediaType: string, schema: AnySchema) =>
  route('post', '/x')
    .bodyAs(mediaType, schema)
    .response(204)
    .handle((c) => c.body(null, 204))

/** Values that no text can spell, as the member `id` of a schema. */
const UNSPELLED: Record<string, AnySchema> = {
  'an object of valibot': v.object({ id: v.object({ a: v.string() }) }),
  'an optional object': v.object({ id: v.optional(v.looseObject({})) }),
  'a set of valibot': v.object({ id: v.set(v.string()) }),
  'a map of valibot': v.object({ id: v.map(v.string(), v.string()) }),
  'a record': v.object({ id: v.record(v.string(), v.string()) }),
  'a lazy object': v.object({ id: v.lazy(() => v.object({ a: v.string() })) }),
  'a list of objects': v.object({ id: v.array(v.object({ a: v.string() })) }),
  'a tuple with an object': v.object({ id: v.tuple([v.string(), v.object({})]) }),
  'a union of objects': v.object({ id: v.union([v.object({}), v.strictObject({})]) }),
  'a file': v.object({ id: v.file() }),
  'an object in one branch of a variant': v.variant('kind', [
    v.object({ kind: v.literal('a'), id: v.string() }),
    v.object({ kind: v.literal('b'), id: v.object({}) }),
  ]),
  'an object of zod': z.object({ id: z.object({ a: z.string() }) }),
  'a date of zod': z.object({ id: z.date() }),
  'an optional date of zod': z.object({ id: z.date().optional() }),
  'a big integer of zod': z.object({ id: z.bigint() }),
  'a set of zod': z.object({ id: z.set(z.string()) }),
  'a lazy object of zod': z.object({ id: z.lazy(() => z.object({ a: z.string() })) }),
  'a record of zod': z.object({ id: z.record(z.string(), z.string()) }),
  'an object of ArkType': type({ id: { a: 'string' } }),
  'a date of ArkType': type({ id: 'Date' }),
  'a big integer of ArkType': type({ id: 'bigint' }),
  'a set of ArkType': type({ id: 'Set' }),
}

describe.each(PARTS)('a schema for %s', (part) => {
  it.each(Object.entries(UNSPELLED))('is refused if no text can spell %s', (_, schema) => {
    const fault = faultOf(withPart(part, schema))
    expect(fault?.code).toMatch(/^(?:schema|several)$/)
    expect(fault?.message).toContain(
      `.${part}(…) of GET /x/:id has the member 'id', whose values no text can spell; declare it as text`,
    )
  })

  it.each([
    ['text of valibot', v.string()],
    ['a list of valibot', v.array(v.object({ a: v.string() }))],
    ['a list of zod', z.array(z.string())],
    ['text of zod', z.string()],
    ['text of ArkType', type('string')],
    ['a word', v.picklist(['a'])],
    ['a union of scalars', v.union([v.string(), v.number()])],
  ])('is refused if it is no object: %s', (_, schema) => {
    expect(faultOf(withPart(part, schema))).toMatchObject({
      code: 'schema',
      message: expect.stringContaining(
        `.${part}(…) of GET /x/:id has a schema that is no object; give it an object with a member`,
      ),
    })
  })

  it.each([
    ['valibot', v.objectWithRest({ id: v.string() }, v.number())],
    ['zod', z.object({ id: z.string() }).catchall(z.number())],
    ['ArkType', type({ id: 'string', '[string]': 'string | number | object' })],
  ])('is refused if its other members are no text, by %s', (library, schema) => {
    const fault = faultOf(withPart(part, schema))
    // text is one of these types
    if (library === 'ArkType') expect(fault).toBeUndefined()
    else expect(fault?.message).toContain('takes members that it does not name')
  })

  it.each([
    [
      'what text becomes',
      v.object({ id: v.union([v.number(), v.boolean(), v.date(), v.bigint()]) }),
    ],
    ['lists', v.object({ id: v.optional(v.array(v.number())) })],
    ['null beside text', v.object({ id: v.nullish(v.string()) })],
    ['an object that is parsed', v.object({ id: v.pipe(v.string(), v.parseJson(), v.object({})) })],
    ['words', v.object({ id: v.union([v.picklist(['a']), v.literal(1), v.object({})]) })],
    ['anything', v.object({ id: v.unknown() })],
    ['a function of its own', v.object({ id: v.custom<Date>(() => true) })],
    ['a lazy object', v.lazy(() => v.object({ id: v.number() }))],
    ['other text', v.objectWithRest({ id: v.string() }, v.string())],
    ['a record of text', v.record(v.string(), v.string())],
    ['a forbidden member', v.object({ id: v.string(), other: v.optional(v.never()) })],
    ['a coerced date of zod', z.object({ id: z.coerce.date() })],
    ['a preprocessed object of zod', z.object({ id: z.preprocess(String, z.object({})) })],
    [
      'a transformed text of zod',
      z.object({ id: z.string().transform((text): unknown => JSON.parse(text)) }),
    ],
    ['numbers and words of zod', z.object({ id: z.union([z.enum(['all']), z.number()]) })],
    ['a parsed date of ArkType', type({ id: 'string.date.iso.parse' })],
    ['numbers and words of ArkType', type({ id: "'all' | number" })],
  ])('is taken with %s', (_, schema) => {
    const fault = faultOf(withPart(part, schema))
    // only this part knows its names
    if (part === 'params' && fault?.code === 'path') expect(fault.message).toContain("'other'")
    else expect(fault).toBeUndefined()
  })
})

describe('the parameters of a path', () => {
  it('are those that the path has', () => {
    const fault = faultOf(withPart('params', v.object({ id: v.string(), order: v.string() })))
    expect(fault).toMatchObject({
      code: 'path',
      message:
        ".params(…) of GET /x/:id has the member 'order', which the path lacks; write ':order' in the path, or take the member out",
    })
  })

  it.each([
    ['valibot', v.strictObject({})],
    ['zod', z.strictObject({})],
    ['ArkType', type({ '+': 'reject' })],
  ])('are all declared, if the schema takes no others, by %s', (_, schema) => {
    expect(faultOf(withPart('params', schema))).toMatchObject({
      code: 'path',
      message: expect.stringContaining("lacks the path parameter 'id' and takes no other members"),
    })
    expect(faultOf(withPart('params', v.object({})))).toBeUndefined()
  })
})

describe('a form', () => {
  it.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'is refused if no text can spell a field of %s',
    (mediaType) => {
      const schema = v.object({ at: v.object({ x: v.number() }) })
      expect(faultOf(withBody(mediaType, schema))?.message).toBe(
        `.bodyAs('${mediaType}', …) of POST /x has the member 'at', whose values no text can spell; declare it as text, and let the schema parse it`,
      )
    },
  )

  it.each([
    ['valibot', v.object({ file: v.file(), more: v.optional(v.array(v.blob())) })],
    ['zod', z.object({ file: z.file(), more: z.array(z.instanceof(File)).optional() })],
    ['ArkType', type({ file: 'File' })],
  ])('has files only if it is multipart, by %s', (_, schema) => {
    expect(faultOf(withBody('multipart/form-data', schema))).toBeUndefined()
    expect(faultOf(withBody('application/x-www-form-urlencoded', schema))?.message).toContain(
      "has the member 'file'",
    )
  })
})

describe('another body', () => {
  it.each([
    ['text/csv', v.object({}), 'a string'],
    ['text/plain; charset=utf-8', z.number(), 'a string'],
    ['image/png', v.file(), 'a Uint8Array'],
    ['application/octet-stream', z.string(), 'a Uint8Array'],
  ])('of %s is refused with a schema that does not take it', (mediaType, schema, what) => {
    expect(faultOf(withBody(mediaType, schema))).toMatchObject({
      code: 'schema',
      message: expect.stringContaining(`does not take ${what}, as which such a body is read`),
    })
  })

  it.each([
    ['text/csv', v.pipe(v.string(), v.minLength(2))],
    ['text/csv', v.optional(v.string())],
    ['text/csv', v.picklist(['a,b'])],
    ['image/png', v.instance(Uint8Array)],
    ['image/png', type('TypedArray.Uint8')],
    ['image/*', v.instance(Uint8Array)],
    ['*/*', v.object({})],
    ['application/vnd.x+json', v.object({ at: v.object({}) })],
  ])('of %s is taken with one that does', (mediaType, schema) => {
    expect(faultOf(withBody(mediaType, schema))).toBeUndefined()
  })
})

describe('the headers of a response', () => {
  it('are refused if no text can spell one', () => {
    const operation = route('get', '/x')
      .response(204, undefined, { headers: v.object({ link: v.object({}) }) })
      .handle((c) => c.body(null, 204) as never)
    expect(faultOf(operation)?.message).toContain(
      "the headers of .response(204, …) of GET /x has the member 'link'",
    )
  })
})

describe('operations that are mounted by hand', () => {
  it('are checked too', () => {
    const operation = withPart('query', v.string())
    expect(() => operation.handlers).toThrow(expect.objectContaining({ code: 'schema' }))
    expect(withPart('query', v.object({})).handlers).toHaveLength(1)
  })
})
