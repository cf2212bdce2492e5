import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { membersOf, ROOT } from 'checks/src/workspace.ts'

/** A group of the sidebar, in the form of VitePress. */
export interface SidebarGroup {
  readonly text: string
  readonly items: readonly { readonly text: string; readonly link: string }[]
}

/** The pages of `docs/` in the order in which people read them. A new page gets its place here. */
export const GUIDES: Readonly<Record<string, readonly string[]>> = {
  Start: ['tutorial', 'packages'],
  Declare: ['declare', 'responses', 'compose', 'secure', 'document', 'schemas'],
  'Call back': ['callbacks', 'receive', 'testing', 'fan-out', 'webhooks'],
  Run: [
    'node',
    'workers',
    'other-edges',
    'runtimes',
    'postgres',
    'engines',
    'operating',
    'observing',
    'console',
    'sizing',
    'cli',
    'security',
  ],
  Mend: ['compile-errors'],
  'Coming from': ['from-fastapi', 'from-hono-openapi', 'from-zod-openapi', 'compare'],
}

/** The sidebars by the folder of their pages: the guides, the packages' own pages, the reference of what they export. */
export function sidebars(): Readonly<Record<string, readonly SidebarGroup[]>> {
  const packages = membersOf('packages')
  const guides = Object.entries(GUIDES).map(([text, pages]) => ({
    text,
    items: pages.map((page) => ({ text: titleOf(`docs/${page}.md`), link: `/${page}` })),
  }))
  const pagesIn = (text: string, folder: string) => ({
    text,
    items: packages.map(({ name, manifest }) => ({
      text: manifest.name,
      link: `/${folder}/${name}`,
    })),
  })
  return {
    '/': guides,
    '/packages/': [pagesIn('Packages', 'packages')],
    '/reference/': [pagesIn('Reference', 'reference')],
  }
}

function titleOf(path: string): string {
  const [, title] = /^# (.+)$/m.exec(readFileSync(join(ROOT, path), 'utf8')) ?? []
  if (title === undefined) throw new Error(`${path} has no title: begin it with a line '# …'`)
  return title
}
