import { CoreError } from '@ringback/core'
import type { DocumentedApi, Respond } from '@ringback/core/internal'
import { Scalar } from '@scalar/hono-api-reference'
import type { ReferenceOptions } from './reference.ts'

/** Options of the page, and where it finds what it loads; paths are relative to where the app is mounted. */
export interface PageOptions extends Pick<ReferenceOptions, 'theme' | 'nonce' | 'scalar'> {
  /** The path of the page's own copy of the document, where it has one. */
  readonly copyPath: string | undefined
  readonly script: string | { readonly path: string }
}

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
      ...(copyPath !== undefined && { documentDownloadType: 'none' as const }),
      ...(theme && { theme }),
      ...scalar,
      ...(requestNonce && { nonce: requestNonce }),
      url: mount + toRelative(copyPath ?? api.documentPath),
      cdn: typeof script === 'string' ? script : mount + toRelative(script.path),
    })
    return (await render(c, async () => {})) ?? c.notFound()
  }
}

function toRelative(path: string): string {
  return encodeURI(path.replace(/^\/+/, ''))
}
