import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript-5.9' // TypeScript 7 has no stable API to parse with
import { describe, expect, it } from 'vitest'
import { TEST_FILE } from './find-imports.ts'
import { ROOT } from './workspace.ts'

const SOURCES = join(ROOT, 'packages/core/src')
const LIBRARIES = /valibot|zod|arktype/i

/** The code of a file without its comments, which may have examples. */
function codeOf(text: string): string {
  const file = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest)
  return ts.createPrinter({ removeComments: true }).printFile(file)
}

const naming = globSync('**/*.ts', { cwd: SOURCES })
  .filter((path) => !TEST_FILE.test(path))
  .filter((path) => LIBRARIES.test(codeOf(readFileSync(join(SOURCES, path), 'utf8'))))

describe('the libraries of schemas are named', () => {
  it('in the code of schemas/', () => {
    expect(naming).toContain(join('schemas', 'outline-of.ts'))
  })

  it('in no other code of core', () => {
    expect(naming.filter((path) => !path.startsWith('schemas'))).toEqual([])
  })

  it('where a comment does not count', () => {
    expect(codeOf("// valibot\n/** zod */\nconst one = 'arktype'")).not.toMatch(/valibot|zod/)
  })
})
