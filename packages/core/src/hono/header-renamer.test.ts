import * as v from 'valibot'
import { expect, it } from 'vitest'
import { createApi } from '../api.ts'
import { route } from '../builders/route.ts'

const Headers = v.object({ 'X-Request-Id': v.string(), 'X-Tries': v.optional(v.number(), 1) })

const app = createApi({ info: { title: 'T', version: '1' } }, [
  route('get', '/x')
    .headers(Headers)
    .response(200, Headers, { headers: v.object({ 'X-Total': v.number() }) })
    .response(400, v.object({}), { headers: v.object({ 'X-Total': v.number() }) })
    .handle((c) => {
      const headers = c.req.valid('header')
      return headers['X-Tries'] === 9
        ? c.json({}, 400, { 'X-Total': 'many' })
        : c.json(headers, 200, { 'X-Total': '3' })
    }),
])

it('are read in any case, and renamed to the spelling of the schema', async () => {
  const response = await app.request('/x', { headers: { 'x-request-id': 'a', 'X-TRIES': '2' } })
  expect(await response.json()).toEqual({ 'X-Request-Id': 'a', 'X-Tries': 2 })
})

it('have the spelling of the schema in problems', async () => {
  const response = await app.request('/x')
  expect(await response.json()).toMatchObject({ errors: [{ pointer: '/X-Request-Id' }] })
})

it('are read alike in responses', async () => {
  app.onError((error, c) => c.text(error.message, 500))
  const response = await app.request('/x', { headers: { 'x-request-id': 'a', 'x-tries': '9' } })
  expect(await response.text()).toContain('with headers that break their schema: /X-Total')
})
