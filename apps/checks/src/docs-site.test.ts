// The site of the documents, built once, and looked at in Chromium.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join, posix } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Listening } from 'invoices/src/listen.ts'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningChromium, startChromium } from './chromium.ts'
import { listedExports } from './listed-exports.ts'
import { PNPM } from './pack.ts'
import { runNode } from './run-node.ts'
import { serveFolder } from './serve-folder.ts'
import { DESKTOP, foreignRequests, type Visit, visit } from './visit.ts'
import { membersOf, ROOT } from './workspace.ts'

const SITE = join(ROOT, 'apps/docs/dist')
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const PHONE = { width: 400, height: 850 }
/** One page of each kind: the start, a guide, a reference, and the errors, whose lines are long. */
const PAGES = [
  { path: '', colorScheme: 'light' },
  { path: '', colorScheme: 'dark' },
  { path: 'webhooks.html', colorScheme: 'light' },
  { path: 'reference/receiver.html', colorScheme: 'dark' },
  { path: 'compile-errors.html', colorScheme: 'light' },
] as const
const FOUR_MINUTES = 240_000

beforeAll(async () => {
  await runNode([PNPM, '--filter', 'docs', 'run', 'docs'], { cwd: ROOT, timeout: FOUR_MINUTES })
}, FOUR_MINUTES)

const read = (path: string) => readFileSync(join(SITE, path), 'utf8')
const fromHtml = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
const attributes = (html: string, name: string) =>
  [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value]) => fromHtml(value!))

describe('the site', () => {
  it('has a page for each document, package and package reference', () => {
    const documents = globSync('docs/*.md', { cwd: ROOT }).map((path) => basename(path, '.md'))
    const packages = membersOf('packages').flatMap(({ name }) => [
      `packages/${name}`,
      `reference/${name}`,
    ])
    const pages = [...documents, ...packages, 'index', 'contributing', 'security-policy']
    expect(pages.filter((page) => !existsSync(join(SITE, `${page}.html`)))).toEqual([])
  })

  it('has every exported name in the reference', () => {
    const missing = membersOf('packages').flatMap(({ name, folder }) => {
      const ids = attributes(read(`reference/${name}.html`), 'id')
      const listed = listedExports(readFileSync(join(folder, 'README.md'), 'utf8'))
      return [...listed.values()].flat().filter((each) => !ids.includes(each.toLowerCase()))
    })
    expect(missing).toEqual([])
  })

  it('has no link to a page or a heading that it lacks', () => {
    const pages = globSync('**/*.html', { cwd: SITE }).sort()
    const ids = new Map(pages.map((page) => [page, new Set(attributes(read(page), 'id'))]))
    const broken = pages.flatMap((page) =>
      attributes(read(page), 'href')
        .filter((href) => !/^[a-z]+:/.test(href))
        .flatMap((href) => {
          const [path = '', hash] = decodeURIComponent(href).split('#')
          const target = path === '' ? page : posix.join('/', posix.dirname(page), path)
          const absolute = path.startsWith('/') ? path : target
          const file = absolute.replace(/^\//, '').replace(/(^|\/)$/, '$1index.html')
          if (!existsSync(join(SITE, file))) return [`${page}: ${href}`]
          const found = hash === undefined || hash === '' || ids.get(file)?.has(hash)
          return found ? [] : [`${page}: ${href}`]
        }),
    )
    expect(pages.length).toBeGreaterThan(40)
    expect(broken).toEqual([])
  })

  it('shows what a run of the tutorial has sent', () => {
    const text = fromHtml(read('index.html').replaceAll(/<[^>]+>/g, ''))
    expect(text).toMatch(/POST \/events\/invoices\/2expen51ve HTTP\/1\.1/)
    expect(text).toMatch(/webhook-signature: v1,[\w+/]{43}=/)
    expect(text).toContain("the request body has no '/idd'; did you mean '/id'?")
  })
})

describe('in a browser', { timeout: 120_000 }, () => {
  let chromium: RunningChromium
  let server: Listening

  beforeAll(async () => {
    server = await serveFolder(SITE)
    chromium = await startChromium()
  }, 120_000)
  afterAll(async () => {
    await chromium.close()
    await server.close()
  })

  /** Opens a page, and closes it when what is done with it is done. */
  async function open<TResult>(
    path: string,
    options: NonNullable<Parameters<typeof visit>[2]>,
    look: (visited: Visit) => Promise<TResult>,
  ): Promise<TResult> {
    const visited = await visit(chromium.browser, `${server.url}/${path}`, options)
    try {
      await visited.page.waitForLoadState('networkidle')
      const result = await look(visited)
      expect(foreignRequests(visited, server.url)).toEqual([])
      expect(visited.errors).toEqual([])
      return result
    } finally {
      await visited.close()
    }
  }

  it.each(PAGES)(
    '/$path in $colorScheme breaks no rule of axe, and is not wider than a phone',
    async ({ path, colorScheme }) => {
      const options = { viewport: DESKTOP, colorScheme, reducedMotion: 'reduce' } as const
      await open(path, options, async ({ page }) => {
        await page.addScriptTag({ path: AXE })
        const { violations }: AxeResults = await page.evaluate('axe.run()')
        expect(
          violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))]),
        ).toEqual([])
        await takeScreenshot(page, `${path}-${colorScheme}-wide`)

        await page.setViewportSize(PHONE)
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
        await takeScreenshot(page, `${path}-${colorScheme}-phone`)
      })
    },
  )

  it('finds an exported name and a guide by the search', async () => {
    await open('', { viewport: DESKTOP }, async ({ page }) => {
      await page
        .getByRole('button', { name: /^Search/ })
        .first()
        .click()
      const field = page.getByRole('searchbox').or(page.locator('#localsearch-input'))
      for (const [text, link] of [
        ['guardedFetch', '/reference/sender.html#guardedfetch'],
        ['dead letter', '/contributing.html'],
      ] as const) {
        await field.first().fill(text)
        await page.locator(`#localsearch-list a[href^="${link}"]`).first().waitFor()
      }
    })
  })
})

/** To look at: the variable SCREENSHOTS has a folder. */
async function takeScreenshot(page: Page, name: string): Promise<void> {
  const { SCREENSHOTS } = process.env
  if (SCREENSHOTS === undefined) return
  await page.screenshot({ path: join(SCREENSHOTS, `site-${name.replaceAll('/', '-')}.png`) })
}
