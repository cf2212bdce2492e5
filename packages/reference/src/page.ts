import { CoreError } from '@ringback/core'
import type { DocumentedApi, Respond } from '@ringback/core/internal'
import { Scalar } from '@scalar/hono-api-reference'
import type { ReferenceOptions } from './reference.ts'

/** Options of the page, and where it finds what it loads; paths are relative to where the app is mounted. */
export interface PageOptions extends Pick<ReferenceOptions, 'theme' | 'nonce' | 'scalar'> {
  /** The path of the page's own copy of the document. */
  readonly copyPath: string
  readonly script: string | { readonly path: string }
}

/** A call that comes back, in the colour of the text. */
const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="#e36002" stroke-width="2"><path d="M13 4v3a3 3 0 0 1-3 3H3m3-3-3 3 3 3"/></svg>',
)}`

/** With these, nothing on the page asks another host. */
const QUIET = {
  telemetry: false,
  withDefaultFonts: false,
  agent: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: 'never',
  mcp: { disabled: true },
} as const

/**
 * Makes the page. Its URLs are relative to its own, so that they hold wherever the app is mounted, and behind a
 * proxy that adds a prefix, without trust in a header.
 */
export function createPage(api: DocumentedApi, options: PageOptions): Respond {
  const { theme, nonce, scalar, copyPath, script } = options

  return async (c) => {
    const mount = api.relativeMount(c)
    const requestNonce = nonce?.(c)
    if (nonce && !requestNonce) {
      throw new CoreError(
        'reference',
        'reference(path, { nonce }) returned no nonce for a request; let the middleware that sets it run before the page',
      )
    }
    // a stored page would carry an old nonce
    c.header('cache-control', nonce ? 'no-store' : 'no-cache')
    const render = Scalar({
      pageTitle: api.title,
      ...QUIET,
      // the copy is not for downloads
      documentDownloadType: 'none',
      ...(theme && { theme }),
      ...scalar,
      ...(requestNonce && { nonce: requestNonce }),
      url: mount + toRelative(copyPath),
      // a module of a CDN would take the place of the script
      bundle: false,
      cdn: typeof script === 'string' ? script : mount + toRelative(script.path),
    })
    const page = await render(c, async () => {})
    return page ? new Response(addIcon(await page.text(), scalar?.favicon), page) : c.notFound()
  }
}

/** An icon at the start, so that browsers do not ask for `/favicon.ico`. */
function addIcon(html: string, favicon: unknown = ICON): string {
  const link = `<link rel="icon" href="${String(favicon).replace(/[&"<>]/g, (char) => `&#${char.charCodeAt(0)};`)}" />`
  return html.replace('<head>', () => `<head>\n    ${link}`)
}

function toRelative(path: string): string {
  return encodeURI(path.replace(/^\/+/, ''))
}
