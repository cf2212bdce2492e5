import { Scalar } from '@scalar/hono-api-reference'
import type { Context } from 'hono'
import { CoreError } from '../../definition/errors.ts'
import { segmentsAt } from '../../hono/mount.ts'
import type { ReferenceOptions } from '../reference.ts'

/** What the page shows, and where that is: paths are below the mount of the app. */
export interface PageParts {
  readonly title: string
  readonly document: string
  /** Whether that is a copy, and no document for others. */
  readonly isCopy: boolean
  readonly script: string | { readonly path: string }
}

/** Nothing of the page asks another host. */
const QUIET = {
  telemetry: false,
  withDefaultFonts: false,
  agent: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: 'never',
  mcp: { disabled: true },
} as const

/**
 * Writes the reference page. Its URLs are relative to its own, so that they hold wherever the app is mounted,
 * and behind a proxy that adds a prefix, with no header to be trusted.
 *
 * @throws {CoreError} with `reference` for an option of Scalar's that would end the page's script, and, for a
 *   request, without a nonce where there should be one
 */
export function referencePage({ theme, nonce, scalar }: ReferenceOptions) {
  // the package writes the options into a script as they are
  if (/<[/!]/.test(JSON.stringify(scalar ?? {}))) {
    throw new CoreError(
      'reference',
      "an option in reference: { scalar } has '</' or '<!', which the page's script cannot hold; leave it out",
    )
  }

  return async (c: Context, { title, document, isCopy, script }: PageParts): Promise<Response> => {
    const mount = wayToMount(c)
    const own = nonce?.(c)
    if (nonce && !own) {
      throw new CoreError(
        'reference',
        'reference: { nonce } gave no nonce: what makes it has to run before the page is asked for',
      )
    }
    // whoever keeps a page keeps its nonce, and the next policy has another
    c.header('cache-control', nonce ? 'no-store' : 'no-cache')
    const render = Scalar({
      pageTitle: title,
      ...QUIET,
      ...(isCopy && { documentDownloadType: 'none' as const }),
      ...(theme && { theme }),
      ...scalar,
      ...(own && { nonce: own }),
      url: mount + below(document),
      cdn: typeof script === 'string' ? script : mount + below(script.path),
    })
    return (await render(c, async () => {})) ?? c.notFound()
  }
}

/** From the page's URL to the mount of the app: relative, with a slash at its end. */
function wayToMount(c: Context): string {
  const { segments, mount } = segmentsAt(c)
  const depth = segments.length - mount
  // without a slash at its end, the mount itself is a name in the folder above
  if (depth === 0) return `./${segments.at(-1)}/`
  return depth === 1 ? './' : '../'.repeat(depth - 1)
}

function below(path: string): string {
  return encodeURI(path.replace(/^\/+/, ''))
}
