import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { membersOf, ROOT } from 'checks/src/workspace.ts'

/** A group of the sidebar, in the form of VitePress. */
export interface SidebarGroup {
  readonly text: string
  readonly collapsed?: boolean
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
    'postgres',
    'engines',
    'operating',
    'observing',
    'sizing',
    'cli',
    'security',
  ],
  'Coming from': ['from-fastapi', 'from-hono-openapi', 'from-zod-openapi'],
}

/** The sidebar: the guides, the packages' own pages, and the reference of what they export. */
export function sidebar(): SidebarGroup[] {
  const packages = membersOf('packages')
  const guides = Object.entries(GUIDES).map(([text, pages]) => ({
    text,
    items: pages.map((page) => ({ text: titleOf(`docs/${page}.md`), link: `/${page}` })),
  }))
  const pagesIn = (text: string, folder: string) => ({
    text,
    collapsed: true,
    items: packages.map(({ name, manifest }) => ({
      text: manifest.name,
      link: `/${folder}/${name}`,
    })),
  })
  const errors = { text: 'Compile errors', link: '/errors' }
  const reference = pagesIn('Reference', 'reference')
  return [
    ...guides,
    pagesIn('Packages', 'packages'),
    { ...reference, items: [errors, ...reference.items] },
  ]
}

function titleOf(path: string): string {
  const [, title] = /^# (.+)$/m.exec(readFileSync(join(ROOT, path), 'utf8')) ?? []
  if (title === undefined) throw new Error(`${path} has no title: begin it with a line '# …'`)
  return title
}
