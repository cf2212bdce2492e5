// checked by tsc, never run
import { hc } from 'hono/client'
import type { StatusCode } from 'hono/utils/http-status'
import * as v from 'valibot'
import { expectTypeOf, it } from 'vitest'
import { type Api, createApi } from '../api.ts'
import { route } from '../builders/route.ts'

const info = { title: 'T', version: '1' }

it('types the client where a response is for every status, or for one that Hono does not list', () => {
  const operation = route('get', '/a')
    .response(200, v.object({ id: v.string() }))
    .response(299, v.object({ odd: v.number() }))
    .response('default', v.object({ detail: v.string() }))
    .responseAs(299, 'text/csv')
    .handle((c) => c.json({ id: '1' }, 200))
  const app = createApi({ info }, [operation])
  const call = hc<typeof app>('http://127.0.0.1').a.$get
  type Called = Awaited<ReturnType<typeof call>>
  expectTypeOf<Awaited<ReturnType<Called['json']>>>().toEqualTypeOf<
    { id: string } | { odd: number } | { detail: string }
  >()
  expectTypeOf<Called['status']>().toEqualTypeOf<StatusCode>()
})

it('is written by name: of a list, and of what a module exports', () => {
  const getA = route('get', '/a').response(204)
  const operations = {
    getA: getA.handle((c) => c.body(null, 204)),
    putA: route('put', '/a')
      .response(204)
      .handle((c) => c.body(null, 204)),
    schema: v.string(),
  }
  const { getA: get, putA: put } = operations
  const app = createApi({ info }, [get, put])
  expectTypeOf<Api<readonly [typeof get, typeof put]>>().toEqualTypeOf(app)
  expectTypeOf<Api<typeof operations>>().toEqualTypeOf(app)
})
