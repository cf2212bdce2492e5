// checked by tsc, never run
import * as v from 'valibot'
import { expectTypeOf, it } from 'vitest'
import {
  type bareOperation,
  type linkTarget,
  type MISTAKES,
  operation,
  type UNDECLARED,
} from '../../test/key-mistakes.ts'
import { callback } from '../builders/callback.ts'
import type { Link, LinkProblem } from '../builders/link.ts'
import { route } from '../builders/route.ts'
import type { RouteBuilder } from '../builders/route-builder.ts'
import type { AnyCallback } from '../definition/definition.ts'
import type { CallbackProblem } from './check-types.ts'

const Order = v.object({ id: v.string(), total: v.pipe(v.string(), v.toNumber()) })

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

/** The sentence that the compiler prints for a link on that route whose parameter is this expression. */
type LinkSentence<TRoute, TExpression extends string> =
  TRoute extends RouteBuilder<infer TPlace, infer TRequest, infer TResponses, infer _>
    ? LinkProblem<
        Link<typeof linkTarget, { status: 202; parameters: { value: TExpression } }>,
        TPlace,
        TRequest,
        TResponses
      >
    : 'no route'

// over a type parameter, a mapped type of a tuple is a tuple
type CallbackSentences<TRoute, TRows extends readonly (readonly [string, ...string[]])[]> = {
  [TIndex in keyof TRows]: Sentence<TRoute, `{${TRows[TIndex][0]}}`>
}
type LinkSentences<TRoute, TRows extends readonly (readonly [string, ...string[]])[]> = {
  [TIndex in keyof TRows]: LinkSentence<TRoute, TRows[TIndex][0]>
}
type Expected<TRows extends readonly (readonly [string, string])[]> = {
  [TIndex in keyof TRows]: TRows[TIndex][1]
}
type ExpectedFor<
  TNoun extends string,
  TRows extends readonly (readonly [string, string, string])[],
> = {
  [TIndex in keyof TRows]: `${TRows[TIndex][1]} before the ${TNoun} that reads ${TRows[TIndex][2]}`
}

it('accepts keys that read what the route declares', () => {
  operation
    .callback('a', callback('post', '{$request.query.callback_url}/orders/{$request.body#/id}'))
    .callback('b', callback('post', '{$request.header.X-Callback}/{$request.path.tenant}'))
    .callback('c', callback('post', '{$callback_url}/{$request.body.id}'))
    .callback('d', callback('post', '{$response.body#/links/self}'))
    .callback('e', callback('post', 'https://a.example/{$statusCode}'))
})

it('leaves a key that is not a literal to the check at run time', () => {
  operation.callback('a', callback('post', '{$request.body#/idd}' as string))
})

it('refuses keys that read something undeclared', () => {
  // @ts-expect-error - the request body has no '/idd'; did you mean '/id'?
  operation.callback('a', callback('post', 'https://a.example/{$request.body#/idd}'))
  const imported = callback('post', '{$request.query.cb}').summary('A').body(Order).response(204)
  // @ts-expect-error - query parameter 'cb' is not declared
  operation.callback('a', imported)
  // @ts-expect-error - declare the body before the callback that reads it
  route('post', '/x').callback('a', callback('post', '{$request.body#/url}')).body(Order)
})

it('has the sentences of the check at run time, for callbacks and links', () => {
  expectTypeOf<CallbackSentences<typeof operation, typeof MISTAKES>>().toEqualTypeOf<
    Expected<typeof MISTAKES>
  >()
  expectTypeOf<LinkSentences<typeof operation, typeof MISTAKES>>().toEqualTypeOf<
    Expected<typeof MISTAKES>
  >()
  expectTypeOf<CallbackSentences<typeof bareOperation, typeof UNDECLARED>>().toEqualTypeOf<
    ExpectedFor<'callback', typeof UNDECLARED>
  >()
  expectTypeOf<LinkSentences<typeof bareOperation, typeof UNDECLARED>>().toEqualTypeOf<
    ExpectedFor<'link', typeof UNDECLARED>
  >()
})

it('refuses texts that are no expressions', () => {
  expectTypeOf<
    Sentence<typeof operation, '{$request.cookie.x}'>
  >().toExtend<`'$request.cookie.x' is not a runtime expression${string}`>()
})

it('uses the input side of requests, and the output side of responses', () => {
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
        v.transform(({ given }) => ({ converted: given })),
      ),
    )
  expectTypeOf<
    Sentence<typeof sides, '{$request.body#/sent}{$response.body#/converted}'>
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
