import type { ReferencePage } from '@ringback/core'
import { type OpenApiDocument, once, type PageRoute } from '@ringback/core/internal'
import type { Context } from 'hono'
import { checkOptions } from './check-options.ts'
import type { ReferenceTheme } from './theme.ts'

/** Options of the reference page. */
export interface ReferenceOptions {
  /** The URL of Scalar's script. Without it the app serves the script itself, which needs a disk. */
  readonly cdn?: string
  /** Scalar's colours for Hono by default. */
  readonly theme?: ReferenceTheme
  /** The nonce of the request's `Content-Security-Policy`; the page's scripts and styles carry it. */
  readonly nonce?: (c: Context) => string | undefined
  /**
   * Shows what Scalar leaves out of callbacks: the rules for receivers, and of each summary, description, security,
   * whole URL, the values it reads, and a signed sample. Operations without a summary get a title, and responses that
   * are no JSON an example. `true` by default.
   */
  readonly callbacks?: boolean
  /** Where receivers get the secret or public key, as the end of a sentence: `'from Settings, Webhooks'`. Markdown. */
  readonly secretSource?: string
  /** Scalar's other options, by Scalar's names: plain data. */
  readonly scalar?: Readonly<Record<string, unknown>>
}

/** The samples are signed for five minutes; a page that is loaded now has at least four of them. */
const SIGNED_FOR = 60_000
const COPY = 'reference.json'
/** The script of any version: during an upgrade, a page of one instance asks another for its script. */
const SCRIPT = ':script{scalar-[^/]+\\.js}'

/**
 * Makes the page that shows the document of an API, for the option `reference` of `createApi`. The page is Scalar's.
 * The app serves everything that it loads, unless `cdn` says otherwise.
 *
 * @example
 * createApi({ info, document: '/openapi.json', reference: reference('/reference') }, operations)
 *
 * @throws {CoreError} with `reference` for a theme that Scalar does not have, a `cdn` that is no URL, and an option of
 *   Scalar's that would end the page's script
 */
export function reference(path: string, options: ReferenceOptions = {}): ReferencePage {
  const { cdn, callbacks = true } = options
  checkOptions(options)
  const script = once(async () => (await import('./script.ts')).loadScript())
  const page: PageRoute = {
    path,
    name: 'the reference page',
    async load(api) {
      const { createPage } = await import('./page.ts')
      return createPage(api, {
        ...options,
        copyPath: below(path, COPY),
        script: cdn ?? { path: below(path, (await script()).name) },
      })
    },
  }
  const copy: PageRoute = {
    path: below(path, COPY),
    name: "the reference page's document",
    async load(api) {
      const { copyDocument } = await import('./copy-document.ts')
      const { secretSource } = options
      const change = (document: OpenApiDocument, url: string) =>
        copyDocument(document, {
          url,
          secretSource,
          isExtended: callbacks,
          terms: api.terms,
          ownTermsOf: api.ownTermsOf,
          now: Date.now(),
        })
      return api.serveCopy(change, SIGNED_FOR)
    },
  }
  const scriptRoute: PageRoute = {
    path: below(path, SCRIPT),
    name: "the reference page's script",
    load: async () => (await script()).respond,
  }
  return {
    '~routes': [page, copy, ...(cdn === undefined ? [scriptRoute] : [])],
  }
}

function below(path: string, name: string): string {
  return `${path.replace(/\/+$/, '')}/${name}`
}
