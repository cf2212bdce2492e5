/** Markdown of the repository by its path, and the page of the site that it becomes. */
const PAGES = [
  [/^docs\/([\w-]+\.md)$/, '$1'],
  [/^packages\/([\w-]+)\/README\.md$/, 'packages/$1.md'],
  [/^apps\/docs\/generated\/(.+\.md)$/, '$1'],
  [/^CONTRIBUTING\.md$/, 'contributing.md'],
  [/^SECURITY\.md$/, 'security-policy.md'],
] as const

/**
 * Gives the page of the site that a file of the repository becomes; `undefined` for one that is no page.
 *
 * @example
 * sitePathOf('docs/webhooks.md') // 'webhooks.md'
 * sitePathOf('packages/core/README.md') // 'packages/core.md'
 */
export function sitePathOf(path: string): string | undefined {
  for (const [pattern, page] of PAGES) {
    if (pattern.test(path)) return path.replace(pattern, page)
  }
  return undefined
}
