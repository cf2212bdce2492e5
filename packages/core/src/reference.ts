import type { Context, Hono } from 'hono'
import { CoreError } from './errors.ts'
import { mountOf } from './mount.ts'

/** Where the reference page is, and where its script comes from. */
export interface ReferenceOptions {
  readonly path: string
  /** URL of Scalar's script; without it the app serves the script itself, from the installed package. */
  readonly cdn?: string
}

interface Page extends ReferenceOptions {
  readonly document: string
  readonly title: string
}

const SCRIPT = 'scalar.js'

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
export function serveReference(app: Hono, page: Page): void {
  const path = page.path.replace(/\/+$/, '')

  const answer = async (c: Context) => {
    const { Scalar } = await import('@scalar/hono-api-reference')
    const base = mountOf(c)
    const render = Scalar({
      url: base + page.document,
      cdn: page.cdn ?? `${base}${path}/${SCRIPT}`,
      pageTitle: page.title,
      // no request leaves the machine
      telemetry: false,
      withDefaultFonts: false,
      agent: { disabled: true },
      hideClientButton: true,
      showDeveloperTools: 'never',
      mcp: { disabled: true },
    })
    return (await render(c, async () => {})) ?? c.notFound()
  }
  app.get(path === '' ? '/' : path, answer)
  if (path !== '') app.get(`${path}/`, answer)

  if (page.cdn === undefined) {
    let script: Promise<Uint8Array<ArrayBuffer>> | undefined
    app.get(`${path}/${SCRIPT}`, async (c) => {
      script ??= readScript()
      return c.body(await script, 200, {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'public, max-age=3600',
      })
    })
  }
}

/** Reads Scalar's single-file build from the package that is installed beside this one. */
async function readScript(): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const { createRequire } = process.getBuiltinModule('node:module')
    const { readFile } = process.getBuiltinModule('node:fs/promises')
    const { pathToFileURL } = process.getBuiltinModule('node:url')
    const entry = pathToFileURL(createRequire(import.meta.url).resolve('@scalar/api-reference'))
    return new Uint8Array(await readFile(new URL('browser/standalone.js', entry)))
  } catch (cause) {
    throw new CoreError(
      'reference',
      "this runtime cannot read Scalar's script from disk: set reference: { path, cdn } to the script's URL",
      { cause },
    )
  }
}
