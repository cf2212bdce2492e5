import { existsSync, statSync } from 'node:fs'
import { join, posix, relative } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'
import { sitePathOf } from './site-path.ts'

/** Where the links of the documents lead that are no pages of the site. */
export interface LinkTargets {
  /** The repository's folder. */
  readonly root: string
  /** The repository's page, such as `https://github.com/owner/name`. */
  readonly repository: string
}

/**
 * Has the relative links of a document, which lead to files of the repository, lead to the pages of the site, and to
 * the repository itself for other files. A link to no file is left to VitePress, whose build then fails.
 */
export function linkToSite(md: MarkdownRenderer, targets: LinkTargets): void {
  md.core.ruler.push('link-to-site', ({ tokens, env }) => {
    if (env.realPath === undefined) return // the index of the search has no links
    const document = relative(targets.root, env.realPath)
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const name = token.type === 'image' ? 'src' : 'href'
      const link = token.attrGet(name)
      if (link !== null && token.type !== 'image') {
        token.attrSet(name, resolveLink(link, document, targets))
      }
    }
  })
}

/**
 * Gives the link that stands on the site for a link of a document.
 *
 * @example
 * resolveLink('../packages/core/README.md#exports', 'docs/cli.md', targets) // '/packages/core.md#exports'
 */
export function resolveLink(link: string, document: string, targets: LinkTargets): string {
  const [path = '', ...anchor] = link.split(/(?=#)/)
  if (path === '' || /^[a-z]+:|^\//.test(path)) return link
  const target = posix.join(posix.dirname(document), path)
  const hash = anchor.join('')
  if (target === 'README.md') return `/${hash}`
  const page = sitePathOf(target)
  if (page !== undefined) return `/${page}${hash}`
  const file = join(targets.root, target)
  if (!existsSync(file)) return link
  return `${targets.repository}/${statSync(file).isDirectory() ? 'tree' : 'blob'}/main/${target}`
}
