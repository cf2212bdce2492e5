import type { Context, Hono } from 'hono'

/** Where the reference page is, and where its script comes from. */
export interface ReferenceOptions {
  readonly path: string
  /** URL of Scalar's script; without it the app serves the script itself, from the installed package. */
  readonly cdn?: string
}

/** The page, and what it shows. */
export interface ReferencePage extends ReferenceOptions {
  readonly document: string
  readonly title: string
}

/** The script's name, beside the page. */
export const SCRIPT = 'scalar.js'

/** What the page answers, for whoever must not. */
export function referencePages({
  path,
  cdn,
}: ReferenceOptions): (readonly [path: string, what: string])[] {
  const page = [path, 'the reference page'] as const
  const script = [`${path.replace(/\/+$/, '')}/${SCRIPT}`, "the reference page's script"] as const
  return cdn === undefined ? [page, script] : [page]
}

/** Serves the Scalar page at its path, with and without a slash, and its script beside it. */
export function serveReference(app: Hono, page: ReferencePage): void {
  const path = page.path.replace(/\/+$/, '')

  // loaded with the first request: an app starts without what nobody may look at
  const load = () => import('./reference-page.ts')
  const answer = async (c: Context) => {
    const { answerPage } = await load()
    return answerPage(c, { ...page, path })
  }
  app.get(path === '' ? '/' : path, answer)
  if (path !== '') app.get(`${path}/`, answer)
  if (page.cdn !== undefined) return
  app.get(`${path}/${SCRIPT}`, async (c) => {
    const { answerScript } = await load()
    return answerScript(c)
  })
}
