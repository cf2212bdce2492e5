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
  /** Other options of Scalar's, by the names that they have there. */
  readonly scalar?: Readonly<Record<string, unknown>>
}
