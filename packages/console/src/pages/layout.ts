import { type Child, jsx as h } from 'hono/jsx'
import { basePath } from 'hono/route'
import type { ConsoleContext } from '../access.ts'
import { VERSION } from '../assets/version.ts'

/** What a page says of itself. */
export interface PageHead {
  readonly title: string
  readonly status?: 200 | 400 | 403 | 404 | 409 | 503
  /** The part of the console that it belongs to. */
  readonly part?: Part
}

type Part = 'overview' | 'deliveries' | 'endpoints'

const PARTS: readonly (readonly [Part, string, string])[] = [
  ['overview', 'Overview', ''],
  ['deliveries', 'Deliveries', 'deliveries'],
  ['endpoints', 'Endpoints', 'endpoints'],
]

/** Gives the path of a request below the place where the console is mounted: `/` for its first page. */
export function pathBelow(c: ConsoleContext): string {
  const base = basePath(c).replace(/\/$/, '')
  const below = c.req.path.slice(base.length)
  if (below === '') return '/'
  // the first page has no slash at its end, unless it is that of the host
  return below === '/' && base !== '' ? '//' : below
}

/**
 * Gives the relative URL of the console's first page, with its slash: wherever it is mounted, also behind a proxy that
 * adds a prefix.
 */
export function rootOf(c: ConsoleContext): string {
  const { path } = c.req
  const below = path.slice(basePath(c).replace(/\/$/, '').length)
  const depth = below.split('/').length - 1
  if (depth > 0) return depth === 1 ? './' : '../'.repeat(depth - 1)
  // the page is beside what is below it
  return `./${path.split('/').at(-1)}/`
}

/** Gives the URL of the first page, which has no slash at its end. */
export function homeOf(c: ConsoleContext): string {
  const base = basePath(c).replace(/\/$/, '').split('/').at(-1)
  const root = rootOf(c)
  if (base === undefined || base === '') return root
  return root.endsWith(`/${base}/`) ? root.slice(0, -1) : `${root}../${base}`
}

/** Responds with a page. */
export async function showPage(
  c: ConsoleContext,
  { title, status = 200, part }: PageHead,
  ...content: readonly Child[]
): Promise<Response> {
  const root = rootOf(c)
  const links = PARTS.map(([name, text, path]) =>
    h(
      'a',
      {
        href: path === '' ? homeOf(c) : `${root}${path}`,
        'aria-current': name === part ? 'page' : undefined,
      },
      text,
    ),
  )
  const page = h(
    'html',
    { lang: 'en' },
    h(
      'head',
      null,
      h('meta', { charset: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('meta', { name: 'robots', content: 'noindex' }),
      h('title', null, `${title} · Ringback`),
      h('link', { rel: 'icon', href: `${root}icon.svg?${VERSION}`, type: 'image/svg+xml' }),
      h('link', { rel: 'stylesheet', href: `${root}style.css?${VERSION}` }),
      h('script', { src: `${root}script.js?${VERSION}`, defer: true }),
    ),
    h(
      'body',
      null,
      h('a', { class: 'skip', href: '#main' }, 'Skip to the content'),
      h(
        'header',
        { class: 'top' },
        h(
          'div',
          { class: 'bar' },
          h(
            'span',
            { class: 'brand' },
            h('img', { src: `${root}icon.svg?${VERSION}`, alt: '', width: 22, height: 22 }),
            'Ringback',
          ),
          h('nav', { 'aria-label': 'Console' }, ...links),
          c.get('access') === 'read' && h('span', { class: 'tag' }, 'read only'),
        ),
      ),
      h('main', { id: 'main', tabindex: -1 }, ...content),
    ),
  )
  return c.html(`<!doctype html>${await page.toString()}`, status)
}
