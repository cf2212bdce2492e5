import { expect, it } from 'vitest'
import * as atOnce from '../src/at-once.ts'
import * as late from '../src/late.ts'

it('gives Workers the same code at once that others load late', async () => {
  expect(await loadAll(atOnce)).toEqual(await loadAll(late))
})

async function loadAll(loaders: Readonly<Record<string, () => Promise<object>>>) {
  const loaded = Object.entries(loaders).map(async ([name, load]) => [name, { ...(await load()) }])
  return Object.fromEntries(await Promise.all(loaded))
}
