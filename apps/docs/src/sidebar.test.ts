import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { membersOf, ROOT } from 'checks/src/workspace.ts'
import { describe, expect, it } from 'vitest'
import { GUIDES, sidebars } from './sidebar.ts'

const pages = globSync('docs/*.md', { cwd: ROOT }).map((path) => basename(path, '.md'))
const placed = Object.values(GUIDES).flat()

describe('the sidebar', () => {
  it('is checked against pages', () => {
    expect(pages).toContain('callbacks')
  })

  it('has every page of docs/, once', () => {
    const missing = pages.filter((page) => !placed.includes(page))
    expect(missing, 'add these pages to a group of GUIDES in apps/docs/src/sidebar.ts').toEqual([])
    expect(placed.filter((page, index) => placed.indexOf(page) !== index)).toEqual([])
  })

  it('has no page that docs/ lacks', () => {
    const gone = placed.filter((page) => !pages.includes(page))
    expect(gone, 'remove these pages from GUIDES in apps/docs/src/sidebar.ts').toEqual([])
  })

  it('calls a page by its title', () => {
    const links = Object.values(sidebars())
      .flat()
      .flatMap(({ items }) => items)
    expect(links).toContainEqual({ text: 'Send callbacks', link: '/callbacks' })
    expect(links).toContainEqual({ text: '@ringback/core', link: '/reference/core' })
  })
})

describe('the list of packages', () => {
  it('has each', () => {
    const list = readFileSync(join(ROOT, 'docs/packages.md'), 'utf8')
    const missing = membersOf('packages')
      .map(({ name, manifest }) => `[\`${manifest.name}\`](../packages/${name}/README.md)`)
      .filter((link) => !list.includes(link))
    expect(missing, 'add these packages to the table of docs/packages.md').toEqual([])
  })
})
