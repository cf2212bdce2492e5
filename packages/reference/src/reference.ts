import { CoreError, type ReferencePage } from '@ringback/core'
import { once, type PageRoute } from '@ringback/core/internal'
import type { Context } from 'hono'

/** The colours of the reference page, as Scalar names them. */
export type ReferenceTheme =
  | 'default'
  | 'alternate'
  | 'moon'
  | 'purple'
  | 'solarized'
  | 'bluePlanet'
  | 'deepSpace'
  | 'saturn'
  | 'kepler'
  | 'elysiajs'
  | 'fastify'
  | 'mars'
  | 'laserwave'
  | 'none'

/** Options of the reference page. */
export interface ReferenceOptions {
  /** The URL of Scalar's script. Without it the app serves the script itself, which needs a disk. */
  readonly cdn?: string
  /** Scalar's colours for Hono by default. */
  readonly theme?: ReferenceTheme
  /** The nonce of the request's `Content-Security-Policy`; the page's scripts and styles carry it. */
  readonly nonce?: (c: Context) => string | undefined
  /**
   * Adds to each operation's description what Scalar leaves out of its callbacks: summary, description, security,
   * and the values that their URLs read. `true` by default.
   */
  readonly callbacks?: boolean
  /** Scalar's other options, by Scalar's names: plain data. */
  readonly scalar?: Readonly<Record<string, unknown>>
}

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
 * @throws {CoreError} with `reference` for an option of Scalar's that would end the page's script
 */
export function reference(path: string, options: ReferenceOptions = {}): ReferencePage {
  const { cdn, callbacks = true, scalar = {} } = options
  // Scalar's package writes the options into a script as they are
  if (/<[/!]/.test(JSON.stringify(scalar))) {
    throw new CoreError(
      'reference',
      "an option in reference(path, { scalar }) contains '</' or '<!', which would end the page's script; leave it out",
    )
  }

  const script = once(async () => (await import('./script.ts')).loadScript())
  const page: PageRoute = {
    path,
    name: 'the reference page',
    async load(api) {
      const { createPage } = await import('./page.ts')
      return createPage(api, {
        ...options,
        copyPath: callbacks ? below(path, COPY) : undefined,
        script: cdn ?? { path: below(path, (await script()).name) },
      })
    },
  }
  const copy: PageRoute = {
    path: below(path, COPY),
    name: "the reference page's document",
    async load(api) {
      const { addCallbackSections } = await import('./callback-sections.ts')
      return api.serveCopy(addCallbackSections)
    },
  }
  const scriptRoute: PageRoute = {
    path: below(path, SCRIPT),
    name: "the reference page's script",
    load: async () => (await script()).respond,
  }
  return {
    '~routes': [page, ...(callbacks ? [copy] : []), ...(cdn === undefined ? [scriptRoute] : [])],
  }
}

function below(path: string, name: string): string {
  return `${path.replace(/\/+$/, '')}/${name}`
}
