// Portable packages use what every runtime has.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { Miniflare, type MiniflareOptions } from 'miniflare'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleWorker } from './bundle-worker.ts'
import { withTmpdir } from './with-tmpdir.ts'
import { membersOf } from './workspace.ts'

const TIMEOUT = 60_000
const NODE_ONLY = /^(?:@ringback\/(?:cli|testkit|store-\w+)|create-ringback)(?!.*\/sql$)|\/node$/
const GLOBALS = ['Buffer', 'process', 'global', 'require', 'setImmediate', '__dirname']
/** Scalar's script is read from the disk in a `try`, whose error names the option `cdn`. */
const GUARDED: Readonly<Record<string, readonly string[]>> = { '@ringback/reference': ['process'] }

interface Entry {
  readonly specifier: string
  readonly path: string
}

const entries: readonly Entry[] = membersOf('packages')
  .flatMap(({ folder, manifest }) =>
    Object.entries(manifest.exports ?? {}).map(([name, path]) => ({
      specifier: join(manifest.name, name),
      path: join(folder, String(path)),
    })),
  )
  .filter(({ specifier }) => !NODE_ONLY.test(specifier))

/** Bundles the code of one package, without what it imports, and with names of its own for the globals of Node. */
async function bundleAlone(contents: string, resolveDir?: string) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, ...(resolveDir !== undefined && { resolveDir }), loader: 'ts' },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'neutral',
    packages: 'external',
    external: ['node:*'],
    // only where a name is not declared
    define: Object.fromEntries(GLOBALS.map((name) => [name, `FREE_${name}`])),
    logLevel: 'silent',
  })
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports)
  const globals = outputFiles[0]?.text.match(/\bFREE_\w+/g) ?? []
  return {
    modules: imports.map(({ path }) => path).filter((path) => path.startsWith('node:')),
    globals: [...new Set(globals)].map((name) => name.slice('FREE_'.length)),
  }
}

describe('a portable entry names no module and no global of Node:', () => {
  it.each(entries)('$specifier', async ({ specifier, path }) => {
    const { modules, globals } = await bundleAlone(`export * from '${path}'`, '/')
    expect(modules).toEqual([])
    expect(globals).toEqual(GUARDED[specifier] ?? [])
  })

  it('and one that does is found', async () => {
    const found = await bundleAlone(`
      import 'node:fs'
      export const text = (process: string) => process + typeof globalThis.process
      export const bytes = Buffer.from(process.cwd())`)
    expect(found).toEqual({ modules: ['node:fs'], globals: ['Buffer', 'process'] })
  })
})

const WORKER = `
export default {
  async fetch(request) {
    const { pathname } = new URL(request.url)
    try {
      return Response.json(Object.keys(await import('.' + pathname)).sort())
    } catch (error) {
      return Response.json(String(error))
    }
  },
}
`

describe('a portable entry, bundled alone, loads in workerd without nodejs_compat:', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portable-'))
  let worker: Miniflare
  beforeAll(async () => {
    const bundled = entries.map(async ({ path }, index) => ({
      type: 'ESModule' as const,
      path: `${index}.mjs`,
      contents: await bundleWorker(path),
    }))
    const main = { type: 'ESModule' as const, path: 'main.mjs', contents: WORKER }
    const options = {
      modules: [main, ...(await Promise.all(bundled))],
      compatibilityDate: '2026-06-01',
      cf: false, // otherwise it downloads request.cf from Cloudflare
    } satisfies MiniflareOptions
    worker = await withTmpdir(folder, () => new Miniflare(options))
    await worker.ready
  }, TIMEOUT)
  afterAll(async () => {
    await worker.dispose()
    rmSync(folder, { recursive: true, maxRetries: 5 })
  })

  it.each(entries.map((entry, index) => ({ ...entry, index })))(
    '$specifier',
    { timeout: TIMEOUT },
    async ({ path, index }) => {
      const response = await fetch(`${(await worker.ready).origin}/${index}.mjs`)
      expect(await response.json()).toEqual(Object.keys(await import(path)).sort())
    },
  )
})
