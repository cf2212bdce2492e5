import { type } from 'arktype'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createApi } from '../api.ts'
import { route } from '../builders/route.ts'
import type { AnySchema } from '../definition/schema.ts'

const FORMS = ['application/x-www-form-urlencoded', 'multipart/form-data'] as const

/** An API that returns the names and values of a form, with files by their names. */
function readBack(mediaType: string, schema: AnySchema) {
  const operation = route('post', '/read')
    .bodyAs(mediaType, schema)
    .response(200, v.unknown())
    .handle((c, { body }) => {
      const text = JSON.stringify(body.value, (_, value) =>
        value instanceof File ? `file ${value.name}` : value,
      )
      return c.json(JSON.parse(text), 200)
    })
  return createApi({ info: { title: 'T', version: '1' } }, [operation])
}

/** The body of a form as a browser writes it. */
function formOf(mediaType: string, fields: readonly (readonly [string, string])[]): RequestInit {
  if (mediaType !== 'multipart/form-data') {
    return { method: 'POST', body: new URLSearchParams(fields.map((field) => [...field])) }
  }
  const parts = fields.map(
    ([name, text]) => `--form\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`,
  )
  return multipart(parts)
}

function multipart(parts: readonly string[]): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=form' },
    body: `${parts.join('')}--form--\r\n`,
  }
}

const fileInput = (name: string, file: string, text: string) =>
  `--form\r\ncontent-disposition: form-data; name="${name}"; filename="${file}"\r\ncontent-type: application/octet-stream\r\n\r\n${text}\r\n`

const SCHEMAS: Record<string, AnySchema> = {
  valibot: v.object({
    name: v.string(),
    nick: v.optional(v.pipe(v.string(), v.minLength(2))),
    age: v.nullish(v.number(), 18),
    tags: v.optional(v.array(v.string())),
  }),
  zod: z.object({
    name: z.string(),
    nick: z.string().min(2).optional(),
    age: z.number().default(18),
    tags: z.array(z.string()).optional(),
  }),
  arktype: type({
    name: 'string',
    'nick?': 'string >= 2',
    age: 'number = 18',
    'tags?': 'string[]',
  }),
}

describe.each(FORMS)('a blank input of %s', (mediaType) => {
  it.each(Object.entries(SCHEMAS))(
    'counts as not given where it is optional: %s',
    async (_, schema) => {
      const app = readBack(mediaType, schema)
      const blank = ['name', 'nick', 'age', 'tags', 'tags'].map((name) => [name, ''] as const)
      const response = await app.request('/read', formOf(mediaType, blank))
      expect(await response.json()).toEqual({ name: '', age: 18 })

      const given = [
        ['name', 'a'],
        ['nick', 'ada'],
        ['age', '3'],
        ['tags', ''],
        ['tags', 'x'],
      ] as const
      const filled = await app.request('/read', formOf(mediaType, given))
      expect(await filled.json()).toEqual({ name: 'a', nick: 'ada', age: 3, tags: ['', 'x'] })
    },
  )

  it('is refused where it is required', async () => {
    const app = readBack(mediaType, v.object({ age: v.number() }))
    const response = await app.request('/read', formOf(mediaType, [['age', '']]))
    expect(response.status).toBe(422)
  })
})

describe('a file input without a file', () => {
  it.each([
    ['valibot', v.object({ one: v.optional(v.file()), more: v.optional(v.array(v.file()), []) })],
    ['zod', z.object({ one: z.file().optional(), more: z.array(z.file()).default([]) })],
  ])('counts as not given where it is optional: %s', async (_, schema) => {
    const app = readBack('multipart/form-data', schema)
    const none = [fileInput('one', '', ''), fileInput('more', '', '')]
    const response = await app.request('/read', multipart(none))
    expect(await response.json()).toEqual({ more: [] })

    // an empty file that has a name is chosen
    const chosen = [fileInput('one', 'empty.txt', ''), fileInput('more', 'a.txt', 'a')]
    const filled = await app.request('/read', multipart(chosen))
    expect(await filled.json()).toEqual({ one: 'file empty.txt', more: ['file a.txt'] })
  })

  it('counts as not given where it is required', async () => {
    const app = readBack(
      'multipart/form-data',
      v.object({ one: v.file(), more: v.array(v.file()) }),
    )
    const none = [fileInput('one', '', ''), fileInput('more', '', '')]
    const response = await app.request('/read', multipart(none))
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({
      errors: [{ pointer: '/one' }, { pointer: '/more' }],
    })

    const mixed = [fileInput('one', 'a', ''), fileInput('more', '', ''), fileInput('more', 'b', '')]
    const filled = await app.request('/read', multipart(mixed))
    expect(await filled.json()).toEqual({ one: 'file a', more: ['file b'] })
  })
})

describe('a name with brackets', () => {
  it('is a name as any other', async () => {
    const operation = route('get', '/read')
      .query(v.object({ 'ids[]': v.array(v.number()) }))
      .response(200, v.unknown())
      .handle((c) => c.json(c.req.valid('query'), 200))
    const app = createApi({ info: { title: 'T', version: '1' } }, [operation])
    for (const query of ['ids[]=1&ids[]=2', 'ids%5B%5D=1&ids%5B%5D=2']) {
      const response = await app.request(`/read?${query}`)
      expect(await response.json()).toEqual({ 'ids[]': [1, 2] })
    }
  })
})
