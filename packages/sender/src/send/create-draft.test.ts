import { callback } from '@ringback/core'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { message, operationCallback } from '../../test/message.ts'
import { createDraft } from './create-draft.ts'

const options = { id: 'msg_1', now: 0, delay: 0, payloadLimit: 1000 }

type Body = Parameters<ReturnType<typeof callback>['body']>[0]

async function bytesOf(body: Body, payload: unknown, undeclared: 'keep' | 'remove' = 'remove') {
  const event = operationCallback(callback('post', 'https://a.example').body(body))
  const given = message('x', { callback: event, payload })
  const { delivery } = await createDraft(given, { ...options, undeclared })
  return new TextDecoder().decode(delivery.payload)
}

const toDate = v.pipe(
  v.string(),
  v.transform((text) => new Date(text)),
)

describe('a payload', () => {
  it('has no member that its schema does not name', async () => {
    const body = v.object({ n: v.number() })
    expect(await bytesOf(body, { n: 1, password_hash: 'x' })).toBe('{"n":1}')
    expect(await bytesOf(body, { n: 1, extra: 'x' }, 'keep')).toBe('{"n":1,"extra":"x"}')
  })

  it.each<[string, Body, unknown, string]>([
    [
      'valibot',
      v.object({ inner: v.object({ at: toDate }) }),
      { inner: { at: '2026', x: 1 } },
      '{"inner":{"at":"2026"}}',
    ],
    [
      'a whole object',
      v.pipe(
        v.object({ n: v.number() }),
        v.transform(({ n }) => n),
      ),
      { n: 1, x: 1 },
      '{"n":1}',
    ],
  ])('leaves as it is given where its schema transforms: %s', async (_, body, payload, text) => {
    expect(await bytesOf(body, payload)).toBe(text)
  })

  it.each<[string, Body, string]>([
    ['valibot', v.object({ n: v.optional(v.number(), 1) }), '{"n":1}'],
    ['in the words of the request', v.object({ at: v.optional(toDate, '2026') }), '{"at":"2026"}'],
  ])('has the defaults of its schema: %s', async (_, body, text) => {
    expect(await bytesOf(body, {})).toBe(text)
  })

  it.each<[string, Body, unknown, string]>([
    [
      'Infinity',
      v.object({ n: v.number() }),
      { n: Number.POSITIVE_INFINITY },
      '/n is Infinity, which JSON has no number for',
    ],
    ['undefined in an array', v.array(v.any()), [undefined], '/0 is undefined'],
    ['a Map', v.any(), new Map(), 'the whole value is a Map'],
    [
      'a member that a strict schema does not name',
      v.strictObject({ n: v.number() }),
      { n: 1, x: 1 },
      '/x: expected',
    ],
    [
      'a result of toJSON that breaks the schema',
      v.object({ n: v.number() }),
      { n: 1, toJSON: () => ({ n: 'x' }) },
      '/n: expected',
    ],
  ])('is refused with the reason: %s', async (_, body, payload, reason) => {
    await expect(bytesOf(body, payload)).rejects.toMatchObject({
      code: 'payload',
      message: expect.stringContaining(reason),
    })
  })
})
