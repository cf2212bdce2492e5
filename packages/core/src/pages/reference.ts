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

/** Where the reference page is, where its script comes from, and what it shows. */
export interface ReferenceOptions {
  readonly path: string
  /** URL of Scalar's script; without it the app serves the script itself, from the installed package. */
  readonly cdn?: string
  /** By default Scalar's colours for Hono. */
  readonly theme?: ReferenceTheme
  /** The nonce of the request's `Content-Security-Policy`; the page's scripts and styles carry it. */
  readonly nonce?: (c: Context) => string | undefined
  /**
   * Whether the page lists, in each operation's description, what it has no other place for of its callbacks:
   * summary, description, security, and what their URLs read. By default it does.
   */
  readonly callbacks?: boolean
  /** Other options of Scalar's, by the names that they have there. */
  readonly scalar?: Readonly<Record<string, unknown>>
}
