import { Scalar } from '@scalar/hono-api-reference'
import type { Context } from 'hono'
import { CoreError } from './errors.ts'
import { mountOf } from './mount.ts'
import { type ReferencePage, SCRIPT } from './reference.ts'

/** Answers with the Scalar page. */
export async function answerPage(c: Context, page: ReferencePage): Promise<Response> {
  const base = mountOf(c)
  const render = Scalar({
    url: base + page.document,
    cdn: page.cdn ?? `${base}${page.path}/${SCRIPT}`,
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

let script: Promise<Uint8Array<ArrayBuffer>> | undefined

/** Answers with Scalar's script, which is read once. */
export async function answerScript(c: Context): Promise<Response> {
  script ??= readScript()
  return c.body(await script, 200, {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=3600',
  })
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
