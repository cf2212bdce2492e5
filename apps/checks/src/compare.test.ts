// docs/compare.md says which test holds each feature: every one of them is there.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from './workspace.ts'

const page = readFileSync(join(ROOT, 'docs/compare.md'), 'utf8')
const [features = '', tests = ''] = page.split('## The tests')

/** The cells of the rows of a table, without its head. */
function rowsOf(text: string): string[][] {
  const lines = text.split('\n').filter((line) => line.startsWith('|'))
  return lines.slice(2).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
}

const held = rowsOf(tests)

it('names a test for each feature, in the order of the features', () => {
  const names = rowsOf(features).map(([name]) => name)
  expect(names.length).toBeGreaterThan(15)
  expect(held.map(([name]) => name)).toEqual(names)
})

it.each(held)('%s is held by a test in %s: %s', (_, cell = '', title = '') => {
  const file = join(ROOT, cell.replaceAll('`', ''))
  expect(existsSync(file), cell).toBe(true)
  // a case of vitest, or of the contract of stores
  const source = readFileSync(file, 'utf8')
  const isThere = [`it('${title}'`, `async '${title}'`, `)('${title}'`].some((text) =>
    source.includes(text),
  )
  expect(isThere, `${cell} has no test '${title}'`).toBe(true)
})
