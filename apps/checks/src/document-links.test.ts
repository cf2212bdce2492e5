// Every relative link in our documents leads to an existing file, and to a heading in it.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from './workspace.ts'

const documents = globSync(['*.md', 'docs/*.md', 'packages/*/README.md'], { cwd: ROOT }).sort()
const LINK = /\]\((?<path>[^)\s#:]*)(?:#(?<heading>[^)\s]+))?\)/g

/** The headings of a document, as GitHub names them in a link. */
function headingsOf(path: string): string[] {
  const headings = readFileSync(path, 'utf8').matchAll(/^#+ (?<text>.+)$/gm)
  return [...headings].map(({ groups }) =>
    (groups?.text ?? '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

describe('the links of the documents', () => {
  it.each(documents)('are not broken: %s', (document) => {
    const from = join(ROOT, document)
    const broken = [...readFileSync(from, 'utf8').matchAll(LINK)].flatMap(
      ([link, path, heading]) => {
        const target = path ? join(dirname(from), path) : from
        if (!existsSync(target)) return [link]
        return heading && !headingsOf(target).includes(heading) ? [link] : []
      },
    )
    expect(broken).toEqual([])
  })
})
