import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { markdownBlocks } from './markdown-blocks.ts'
import { ROOT } from './workspace.ts'

const tutorial = readFileSync(join(import.meta.dirname, 'tutorial.txt'), 'utf8')

/** Removes white space and trailing commas, which a formatter decides. */
function unformat(code: string): string {
  return code.replaceAll(/\s+/g, '').replaceAll(/,(?=[)\]}])/g, '')
}

/** Code of the app, and the code of the tutorial in its place. */
const DIFFERENCES = [
  [
    '// The tutorial of the README, with a second operation that reads a stored invoice.',
    '// invoices.ts',
  ],
  ["import { openInvoices } from './invoice-table.ts'", ''],
  ["const database = process.env.DATABASE ?? 'data/callbacks.db'", ''],
  ["invoices.save(c.req.valid('json'))", ''],
  ['sqliteStore(database)', "sqliteStore('data/callbacks.db')"],
  ['// the external API of this demo runs on this machine, which is refused by default', ''],
  ['guardedFetch({ policy: { allowLoopback: true } })', 'guardedFetch()'],
  ['[createInvoice, readInvoice]', '[createInvoice]'],
] as const

/** The second operation of the app, with its schema and table. */
const SECOND_OPERATION = {
  begin: 'const StoredInvoice =',
  end: 'const invoices = openInvoices(database)',
}

/** @throws {Error} when the app does not contain the code exactly once */
function replaceOnce(code: string, ours: string, theirs: string): string {
  const [before, after, ...more] = code.split(unformat(ours))
  if (after === undefined || more.length > 0)
    throw new Error(`the app does not contain this code exactly once: ${ours}`)
  return before + unformat(theirs) + after
}

describe('the README', () => {
  it('has at most 150 lines', () => {
    const lines = readFileSync(join(ROOT, 'README.md'), 'utf8').trimEnd().split('\n')
    expect(lines.length, 'move what is too long into a page of docs/').toBeLessThanOrEqual(150)
  })
})

describe('the tutorial', () => {
  it('is the first block of the README', () => {
    const blocks = markdownBlocks(readFileSync(join(ROOT, 'README.md'), 'utf8'))
    const first = blocks.find(({ language }) => language === 'ts')
    expect(unformat(first?.code ?? '')).toBe(unformat(tutorial))
  })

  it('is the app, except for the differences listed', () => {
    const app = unformat(readFileSync(join(ROOT, 'apps/invoices/src/invoices.ts'), 'utf8'))
    const begin = app.indexOf(unformat(SECOND_OPERATION.begin))
    const end = app.indexOf(unformat(SECOND_OPERATION.end)) + unformat(SECOND_OPERATION.end).length
    expect(begin).toBeGreaterThan(0)
    expect(end).toBeGreaterThan(begin)

    const one = app.slice(0, begin) + app.slice(end)
    const same = DIFFERENCES.reduce((code, [ours, theirs]) => replaceOnce(code, ours, theirs), one)
    expect(same).toBe(unformat(tutorial))
  })
})
