import * as v from 'valibot'
import { afterEach, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { createApi } from '../api.ts'
import { route } from '../builders/route.ts'

const info = { title: 'Orders', version: '1.0.0' }

afterEach(() => void vi.unstubAllGlobals())

it('refuses a schema whose library a bundler has left out, and says how it comes back', () => {
  vi.stubGlobal('__RINGBACK_OTHER_SCHEMAS__', false)
  vi.stubGlobal('__RINGBACK_CHECKS__', false)
  expect(() => route('post', '/orders').body(z.object({ id: z.string() }))).toThrow(
    expect.objectContaining({
      code: 'option',
      message: expect.stringMatching(/schema of zod.+remove __RINGBACK_OTHER_SCHEMAS__/),
    }),
  )
})

it('reads, checks and prunes by schemas of valibot where others were left out', async () => {
  vi.stubGlobal('__RINGBACK_OTHER_SCHEMAS__', false)
  const operation = route('get', '/orders')
    .query(v.object({ limit: v.number() }))
    .response(200, v.object({ limit: v.pipe(v.number(), v.maxValue(9)) }))
    .handle((c) => {
      const stored = { ...c.req.valid('query'), secret: 1 }
      return c.json(stored, 200)
    })
  const app = createApi({ info }, [operation])
  expect(await (await app.request('/orders?limit=7')).json()).toEqual({ limit: 7 })
  expect((await app.request('/orders?limit=10')).status).toBe(500)
  expect((await app.request('/orders?limit=all')).status).toBe(422)
})
