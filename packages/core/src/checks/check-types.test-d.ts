// checked by tsc, never run
import * as v from 'valibot'
import { expectTypeOf, it } from 'vitest'
import { callback } from '../builders/callback.ts'
import { route } from '../builders/route.ts'
import type { RouteBuilder } from '../builders/route-builder.ts'
import type { AnyCallback } from '../definition/definition.ts'
import type { CallbackProblem } from './check-types.ts'

const Order = v.object({ id: v.string(), total: v.pipe(v.string(), v.toNumber()) })

const createOrder = route('post', '/tenants/:tenant/orders')
  .query(v.object({ callback_url: v.optional(v.string()) }))
  .headers(v.object({ 'x-callback': v.string() }))
  .body(Order)
  .response(202, v.object({ links: v.object({ self: v.string() }) }))
  .response(404)

/** The sentence that the compiler prints for a callback of this key on that route. */
type Sentence<TRoute, TKey extends string> =
  TRoute extends RouteBuilder<infer TPlace, infer TRequest, infer TResponses, infer _>
    ? CallbackProblem<
        AnyCallback & { '~types'?: { key: TKey; request: unknown; responses: unknown } },
        TPlace,
        TRequest,
        TResponses
      >
    : 'no route'

it('accepts keys that read what the route declares', () => {
  createOrder
    .callback('a', callback('post', '{$request.query.callback_url}/orders/{$request.body#/id}'))
    .callback('b', callback('post', '{$request.header.X-Callback}/{$request.path.tenant}'))
    .callback('c', callback('post', '{$callback_url}/{$request.body.id}'))
    .callback('d', callback('post', '{$response.body#/links/self}'))
    .callback('e', callback('post', 'https://a.example/{$statusCode}'))
})

it('leaves a key that is any string to the check at run time', () => {
  createOrder.callback('a', callback('post', '{$request.body#/idd}' as string))
})

it('refuses keys that read something else', () => {
  // @ts-expect-error - the request body has no '/idd'; did you mean '/id'?
  createOrder.callback('a', callback('post', 'https://a.example/{$request.body#/idd}'))
  const imported = callback('post', '{$request.query.cb}').summary('A').body(Order).response(204)
  // @ts-expect-error - query parameter 'cb' is not declared
  createOrder.callback('a', imported)
  // @ts-expect-error - declare the body before the callback that reads it
  route('post', '/x').callback('a', callback('post', '{$request.body#/url}')).body(Order)
})

it('says so in one sentence', () => {
  type Route = typeof createOrder
  expectTypeOf<
    Sentence<Route, 'https://a.example/{$request.body#/idd}'>
  >().toEqualTypeOf<"the request body has no '/idd'; did you mean '/id'?">()
  expectTypeOf<
    Sentence<Route, '{$request.query.callbackUrl}'>
  >().toEqualTypeOf<"query parameter 'callbackUrl' is not declared; did you mean 'callback_url'?">()
  expectTypeOf<
    Sentence<Route, '{$request.path.tenat}'>
  >().toEqualTypeOf<"path parameter 'tenat' is not declared; did you mean 'tenant'?">()
  expectTypeOf<
    Sentence<Route, '{$request.cookie.x}'>
  >().toEqualTypeOf<"'$request.cookie.x' is not a runtime expression; write one such as $request.body#/name">()
  expectTypeOf<
    Sentence<Route, '{$response.body#/links/sel}'>
  >().toEqualTypeOf<"no declared response has '/links/sel'; did you mean '/links/self'?">()
})

it("counts the request's input side, and the answers' output side", () => {
  const sides = route('post', '/x')
    .body(
      v.pipe(
        v.object({ sent: v.string() }),
        v.transform(({ sent }) => ({ made: sent })),
      ),
    )
    .response(
      200,
      v.pipe(
        v.object({ given: v.string() }),
        v.transform(({ given }) => ({ answered: given })),
      ),
    )
  expectTypeOf<
    Sentence<typeof sides, '{$request.body#/sent}{$response.body#/answered}'>
  >().toBeNever()
  expectTypeOf<
    Sentence<typeof sides, '{$request.body#/made}'>
  >().toEqualTypeOf<"the request body has no '/made'">()
  expectTypeOf<
    Sentence<typeof sides, '{$response.body#/given}'>
  >().toEqualTypeOf<"no declared response has '/given'">()
})

it('reads the parameters of every kind of path', () => {
  const place = route('get', '/a/:id{[0-9]+}/:name?')
  expectTypeOf<Sentence<typeof place, 'https://a.example/{$request.path.id}'>>().toBeNever()
  expectTypeOf<Sentence<typeof place, 'https://a.example/{$request.path.name}'>>().toBeNever()
})
