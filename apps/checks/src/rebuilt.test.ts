// Published documents, declared with our builders: ours equal the originals except for known differences.
// 4.5.0 is the last version that has the examples as the authors of the specification wrote them
import callbackOriginal from '@readme/oas-examples/3.0/json/callback-example.json' with {
  type: 'json',
}
import linkOriginal from '@readme/oas-examples/3.0/json/link-example.json' with { type: 'json' }
import webhookOriginal from '@readme/oas-examples/3.1/json/webhooks.json' with { type: 'json' }
import { link, namedSchema, route } from '@ringback/core'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { fastapiCallbacksOriginal } from '../test/originals/fastapi-callbacks.ts'
import { tictactoeOriginal } from '../test/originals/tictactoe.ts'
import { callbackExample } from '../test/rebuilt/callback-example.ts'
import { fastapiCallbacks } from '../test/rebuilt/fastapi-callbacks.ts'
import { knownDifferences, knownRenames } from '../test/rebuilt/known-differences.ts'
import { linkExample } from '../test/rebuilt/link-example.ts'
import { tictactoe } from '../test/rebuilt/tictactoe.ts'
import { webhookExample } from '../test/rebuilt/webhook-example.ts'
import { officialErrors, redoclyErrors, spectralErrors } from './document-errors.ts'
import { type Difference, jsonDifferences, renameMember } from './json-differences.ts'

const rebuilt = { callbackExample, linkExample, webhookExample, tictactoe, fastapiCallbacks }
type Name = keyof typeof rebuilt
const names = Object.keys(rebuilt) as Name[]

const originals: Record<Name, unknown> = {
  callbackExample: callbackOriginal,
  linkExample: linkOriginal,
  webhookExample: webhookOriginal,
  tictactoe: tictactoeOriginal,
  fastapiCallbacks: fastapiCallbacksOriginal,
}

const textOf = (name: Name, openapi: '3.1' | '3.2') => JSON.stringify(rebuilt[name](openapi))
const byPlace = (differences: readonly Difference[]) =>
  differences.toSorted((a, b) => (a.at < b.at ? -1 : 1))

describe('the document of our builders', { timeout: 60_000 }, () => {
  it.each(names)('has the known differences from the original of %s, and no others', (name) => {
    const original = (knownRenames[name] ?? []).reduce(
      (document, { at, to }) => renameMember(document, at, to),
      originals[name],
    )
    const known = knownDifferences[name].flatMap(({ at, because, ...difference }) =>
      [at].flat().map((place): Difference => ({ at: place, ...difference })),
    )
    const found = jsonDifferences(original, JSON.parse(textOf(name, '3.1')))
    expect(byPlace(found)).toEqual(byPlace(known))
  })

  it.each(names)('of %s has no error by the official schemas and the linters', async (name) => {
    for (const errorsOf of [officialErrors, redoclyErrors, spectralErrors]) {
      expect(await errorsOf(textOf(name, '3.1')), errorsOf.name).toEqual([])
    }
    // Spectral does not know 3.2
    for (const errorsOf of [officialErrors, redoclyErrors]) {
      expect(await errorsOf(textOf(name, '3.2')), errorsOf.name).toEqual([])
    }
  })
})

it('refuses the link of the original that reads a member of a list', () => {
  const Repository = namedSchema('repository', v.object({ slug: v.optional(v.string()) }))
  const target = route('get', '/:slug').response(204)
  const list = route('get', '/').response(200, v.array(Repository))
  const broken = link(target, { status: 200, parameters: { slug: '$response.body#/slug' } })
  // @ts-expect-error - a list has no member 'slug'
  expect(() => list.link('first', broken)).toThrow(expect.objectContaining({ code: 'expression' }))
})
