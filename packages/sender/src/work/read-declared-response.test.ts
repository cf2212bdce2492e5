import { callback } from '@ringback/core'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { readDeclaredResponse } from './read-declared-response.ts'

const declared = callback('post', 'https://a.example')
  .response(200, v.object({ ok: v.boolean() }))
  .response('2XX')
  .response('default', v.object({ detail: v.string() }))['~definition']
const strict = callback('post', 'https://a.example').response(204)['~definition']

const body = (text: string) => ({ text, bytes: text.length, end: 'whole' }) as const

describe('readDeclaredResponse', () => {
  it.each([
    [200, '{"ok":true}', { ok: true, value: { status: 200, body: { ok: true } } }],
    [202, '', { ok: true, value: { status: 202, body: undefined } }],
    [409, '{"detail":"known"}', { ok: true, value: { status: 409, body: { detail: 'known' } } }],
  ])('reads %s by the declaration for its status', async (status, text, expected) => {
    expect(await readDeclaredResponse(declared, status, body(text))).toEqual(expected)
  })

  it.each([
    [declared, 200, '{"ok":1}'],
    [declared, 500, 'no JSON'],
    [strict, 200, ''],
  ])('says why a response is not as declared', async (definition, status, text) => {
    const response = await readDeclaredResponse(definition, status, body(text))
    expect(response).toMatchObject({ ok: false, detail: expect.stringContaining(`${status}`) })
  })

  it.each(['1e400', '-1E+400', '9'.repeat(400)])(
    'refuses %s, which would be Infinity',
    async (n) => {
      const counted = callback('post', 'https://a.example').response(200, v.object({ n: v.any() }))
      const response = await readDeclaredResponse(counted['~definition'], 200, body(`{"n":${n}}`))
      expect(response).toMatchObject({ ok: false, detail: expect.stringContaining('too large') })
    },
  )

  it.each(['1e100', '"1e400"', '9'.repeat(301)])('takes %s', async (n) => {
    const counted = callback('post', 'https://a.example').response(200, v.object({ n: v.any() }))
    const response = await readDeclaredResponse(counted['~definition'], 200, body(`{"n":${n}}`))
    expect(response).toMatchObject({ ok: true, value: { body: { n: JSON.parse(n) } } })
  })
})
