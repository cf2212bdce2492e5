import { ROOT, readManifest } from 'checks/src/workspace.ts'
import { defineConfig, type MarkdownEnv, type MarkdownRenderer } from 'vitepress'
import { emptyHeaders } from '../src/empty-headers.ts'
import { linkToSite } from '../src/link-to-site.ts'
import { sidebars } from '../src/sidebar.ts'
import { sitePathOf } from '../src/site-path.ts'
import { slugify } from '../src/slugify.ts'

const { description = '', repository } = readManifest(ROOT)
const REPOSITORY = repository?.url.replace(/^git\+|\.git$/g, '') ?? ''

const ICON =
  "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><circle cx='16' cy='16' r='15' fill='%230b5fff'/><path d='M9 17a7 7 0 1 1 3 5.700M12 17v6h6' fill='none' stroke='white' stroke-width='3'/></svg>"

/** The pages lie outside of this app, and find its Vue when they are rendered here. */
const ownVue = {
  name: 'own-vue',
  enforce: 'pre',
  resolveId: (id: string, _importer: string | undefined, { ssr }: { ssr?: boolean }) =>
    ssr && /^vue(\/|$)/.test(id) ? { id, external: true } : undefined,
} as const

/** Renders a page for the index of the search, which needs no colours. */
function renderPlain(source: string, env: MarkdownEnv, md: MarkdownRenderer): string {
  const { highlight } = md.options
  md.set({ highlight: null })
  try {
    return md.render(source, env)
  } finally {
    if (highlight) md.set({ highlight })
  }
}

export default defineConfig({
  // the documents stay where the repository has them, and the tests run them
  srcDir: ROOT,
  srcExclude: [
    '!(CONTRIBUTING|SECURITY).md',
    'apps/!(docs)/**',
    'packages/*/!(README).md',
    'packages/*/*/**',
  ],
  // the document itself is plain Markdown
  transformPageData(page) {
    if (page.relativePath === 'compile-errors.md') page.frontmatter.pageClass = 'compile-errors'
  },
  rewrites: (path) => sitePathOf(path) ?? path,
  outDir: 'dist',
  cacheDir: 'dist/cache',
  // the reference of core is long, and packs well
  vite: { plugins: [ownVue], build: { chunkSizeWarningLimit: 1000 } },

  // the tutorial's own server
  ignoreDeadLinks: 'localhostLinks',

  base: process.env.DOCS_BASE ?? '/',
  lang: 'en',
  title: 'Ringback',
  description,
  head: [['link', { rel: 'icon', href: `data:image/svg+xml,${ICON}` }]],
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    anchor: { slugify },
    config(md) {
      linkToSite(md, { root: ROOT, repository: REPOSITORY })
      emptyHeaders(md)
    },
  },
  themeConfig: {
    nav: [
      { text: 'Guides', link: '/tutorial' },
      { text: 'Packages', link: '/packages' },
      { text: 'Reference', link: '/reference/core' },
    ],
    sidebar: sidebars(),
    outline: [2, 3],
    search: { provider: 'local', options: { _render: renderPlain } },
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
  },
})
