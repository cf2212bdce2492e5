import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const SQLITE = join(import.meta.dirname, '../../store-sqlite/src/sql')
// any statement on tables, or a part of one
const STATEMENT =
  /\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|REPLACE|WITH|FROM|JOIN|INTO)\b[^'"`]*?\bringback_[a-z]+/g

/** The tables that statements of a source name, and the statements as far as that. */
function statementsIn(source: string): readonly (readonly [statement: string, table: string])[] {
  return [...source.matchAll(STATEMENT)].map(([text]) => {
    const statement = text.replace(/\s+/g, ' ')
    return [statement, /ringback_[a-z]+$/.exec(statement)?.[0] ?? ''] as const
  })
}

function sourcesOf(folder: string): readonly (readonly [name: string, text: string])[] {
  return globSync('**/*.ts', { cwd: folder })
    .filter((name) => !name.includes('.test'))
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const)
}

const theirs = new Map(
  sourcesOf(SQLITE).flatMap(([name, text]) =>
    statementsIn(text).map(([, table]) => [table, name] as const),
  ),
)

describe('the SQL of an object is imported from store-sqlite:', () => {
  it('which has the tables of deliveries', () => {
    expect([...theirs.keys()]).toEqual(
      expect.arrayContaining(['ringback_live', 'ringback_message', 'ringback_done']),
    )
    // so that a copy would be found
    expect(theirs.size).toBeGreaterThan(10)
    const copy = "driver.run('UPDATE ringback_live SET lease_ends_at = 0')"
    expect(statementsIn(copy)).toEqual([['UPDATE ringback_live', 'ringback_live']])
  })

  it.each(sourcesOf(import.meta.dirname))('%s has no statement on one of its tables', (_, text) => {
    const copied = statementsIn(text).filter(([, table]) => theirs.has(table))
    expect(copied).toEqual([])
  })
})
