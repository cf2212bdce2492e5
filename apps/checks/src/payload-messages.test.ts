// The message for a payload that breaks its schema, whichever library the schema is of.
import { callback, createApi, route } from '@ringback/core'
import { createSender, memoryStore } from '@ringback/sender'
import { type } from 'arktype'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import * as z from 'zod'

const VALUE = 'hunter2'

it.each([
  ['valibot', v.object({ n: v.number() }), { n: VALUE }, '/n: expected number'],
  ['valibot', v.object({ n: v.number() }), {}, '/n: is missing'],
  ['valibot', v.strictObject({ n: v.number() }), {}, '/n: is missing'],
  ['valibot', v.strictObject({}), { x: VALUE }, '/x: expected never'],
  [
    'valibot',
    v.object({ 'a/b': v.object({ n: v.pipe(v.string(), v.minLength(9)) }) }),
    { 'a/b': { n: VALUE } },
    '/a~1b/n: expected min length >=9',
  ],
  ['valibot', v.object({ n: v.pipe(v.string(), v.email()) }), { n: VALUE }, '/n: expected email'],
  ['valibot', v.object({ n: v.picklist(['a', 'b']) }), { n: VALUE }, '/n: expected ("a" | "b")'],
  [
    'valibot',
    v.object({
      n: v.pipe(
        v.string(),
        v.check(
          () => false,
          ({ input }) => `bad ${input}`,
        ),
      ),
    }),
    { n: VALUE },
    '/n: expected check',
  ],
  ['zod', z.object({ n: z.number() }), { n: VALUE }, '/n: expected number'],
  ['zod', z.object({ n: z.email() }), { n: VALUE }, '/n: expected email'],
  ['zod', z.object({ n: z.string().min(9) }), { n: VALUE }, '/n: expected at least 9'],
  ['zod', z.object({ n: z.enum(['a', 'b']) }), { n: VALUE }, '/n: expected one of ["a","b"]'],
  [
    'zod',
    z.strictObject({}),
    { hunter2: 1 },
    'the whole: expected no members besides those of the schema',
  ],
  [
    'zod',
    z.object({ n: z.string().refine(() => false, { error: ({ input }) => `bad ${input}` }) }),
    { n: VALUE },
    '/n: does not pass a check of the schema',
  ],
  ['arktype', type({ n: 'number' }), { n: VALUE }, '/n: expected a number'],
  ['arktype', type({ n: 'string.email' }), { n: VALUE }, '/n: expected an email address'],
])('says what %s expected, and never the value: %#', async (_, schema, payload, expected) => {
  const one = callback('post', 'https://a.example')
    .body(schema as v.GenericSchema)
    .response(204)
  let message = ''
  const operation = route('post', '/')
    .response(204)
    .callback('paid', one)
    .handle(async (c, { callbacks }) => {
      await callbacks.paid.send(payload).catch((error: Error) => {
        message = error.message
      })
      return c.body(null, 204)
    })
  const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']
  const sender = createSender({ store: memoryStore(), secrets })
  await createApi({ info: { title: 'T', version: '1' }, sender }, [operation]).request('/', {
    method: 'POST',
  })
  expect(message).toBe(`the payload of 'paid' does not match its schema: ${expected}`)
})
