import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { EdgeRuntime } from 'edge-runtime'
import { build, transform } from 'esbuild'
import { Miniflare, type MiniflareOptions } from 'miniflare'
import type { RuntimeOutcome, RuntimeSettings } from '../test/runtimes/parts/runtime-case.ts'
import { startChild } from './child.ts'
import { RUNTIMES, type Runtime } from './runtimes.ts'
import { withTmpdir } from './with-tmpdir.ts'

/** The outcomes of a part of the suite, or why the runtime does not load it. */
export type PartReport = readonly RuntimeOutcome[] | { readonly refused: string }

/** The suite on one runtime. */
export interface SuiteRuntime {
  readonly name: string
  /** Runs every part; in a folder of its own. */
  run(settings: RuntimeSettings): Promise<Readonly<Record<string, PartReport>>>
}

const PARTS = join(import.meta.dirname, '../test/runtimes/parts')
const NO_PARTS = ['runtime-case.ts', 'deliver-one.ts']
const OBJECTS = 'store-durable-object'

/** The names of the parts: one file each. */
export const PART_NAMES: readonly string[] = readdirSync(PARTS)
  .filter((file) => !NO_PARTS.includes(file))
  .map((file) => file.slice(0, -'.ts'.length))

// undici is CommonJS, and requires modules of Node
const NEEDS_REQUIRE = ['sender-node']
const REQUIRE = `
  import { createRequire } from 'node:module'
  const require = createRequire(import.meta.url)
`

const bundles = new Map<string, Promise<string>>()

/** Bundles a part into one module, once: the same code runs on every runtime. */
function bundlePart(part: string): Promise<string> {
  const bundled =
    bundles.get(part) ??
    build({
      stdin: {
        contents: `
          import { cases } from './${part}.ts'
          import { runCases } from './runtime-case.ts'
          export const run = (settings) => runCases(cases, settings)
          export * from './${part}.ts'`,
        resolveDir: PARTS,
      },
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'neutral',
      conditions: ['import'],
      mainFields: ['module', 'main'],
      alias: Object.fromEntries(
        builtinModules.filter((name) => /^\w+$/.test(name)).map((name) => [name, `node:${name}`]),
      ),
      external: ['cloudflare:*', 'node:*'],
      ...(NEEDS_REQUIRE.includes(part) && { banner: { js: REQUIRE } }),
      logLevel: 'silent',
    }).then(({ outputFiles }) => outputFiles[0]?.text ?? '')
  bundles.set(part, bundled)
  return bundled
}

const RUN_ALL = `
const [settings, ...parts] = process.argv.slice(2)
const reports = {}
for (const part of parts) {
  try {
    const { run } = await import('./' + part + '.mjs')
    reports[part] = await run(JSON.parse(settings))
  } catch (error) {
    reports[part] = { refused: String(error) }
  }
}
console.log(JSON.stringify(reports))
process.exit()
`

function inProcess({ name, executable, args }: Runtime): SuiteRuntime {
  return {
    name,
    async run(settings) {
      const { folder } = settings
      const program = join(folder, 'main.mjs')
      writeFileSync(program, RUN_ALL)
      for (const part of PART_NAMES) {
        writeFileSync(join(folder, `${part}.mjs`), await bundlePart(part))
      }
      const child = startChild(
        executable,
        [...args(program, folder), JSON.stringify(settings), ...PART_NAMES],
        { cwd: folder, env: { HOME: folder, DENO_NO_UPDATE_CHECK: '1' } },
      )
      try {
        // as long as it takes: the test has a limit
        await child.exit()
        const reports = child.lines.find((line) => line.startsWith('{'))
        if (reports === undefined)
          throw new Error(`${name} has printed:\n${child.lines.join('\n')}`)
        return JSON.parse(reports)
      } finally {
        await child.end()
      }
    },
  }
}

const WORKER = `
export { Callbacks } from './${OBJECTS}.mjs'
export default {
  async fetch(request) {
    const { part, settings } = await request.json()
    try {
      const { run } = await import('./' + part + '.mjs')
      return Response.json(await run(settings))
    } catch (error) {
      return Response.json({ refused: String(error) })
    }
  },
}
`

/** Without nodejs_compat. */
const workerd: SuiteRuntime = {
  name: 'workerd',
  async run(settings) {
    const modules = PART_NAMES.map(async (part) => ({
      type: 'ESModule' as const,
      path: `${part}.mjs`,
      contents: await bundlePart(part),
    }))
    const options = {
      modules: [
        { type: 'ESModule', path: 'main.mjs', contents: WORKER },
        ...(await Promise.all(modules)),
      ],
      compatibilityDate: '2026-06-01',
      bindings: { CALLBACK_SECRET: settings.secret },
      durableObjects: { CALLBACKS: { className: 'Callbacks', useSQLite: true } },
      cf: false, // otherwise it downloads request.cf from Cloudflare
    } satisfies MiniflareOptions
    const worker = await withTmpdir(settings.folder, () => new Miniflare(options))
    try {
      const { origin } = await worker.ready
      const reports: Record<string, PartReport> = {}
      for (const part of PART_NAMES) {
        const body = JSON.stringify({ part, settings })
        const response = await fetch(origin, { method: 'POST', body })
        reports[part] = (await response.json()) as PartReport
      }
      return reports
    } finally {
      await worker.dispose()
    }
  },
}

const edgeRuntime: SuiteRuntime = {
  name: 'edge-runtime',
  async run(settings) {
    const reports: Record<string, PartReport> = {}
    for (const part of PART_NAMES) {
      const runtime = new EdgeRuntime()
      // it has no modules
      const { code } = await transform(await bundlePart(part), {
        format: 'iife',
        globalName: 'part',
      })
      try {
        runtime.evaluate(code)
        const text: string = await runtime.evaluate(
          `part.run(${JSON.stringify(settings)}).then(JSON.stringify)`,
        )
        reports[part] = JSON.parse(text)
      } catch (error) {
        reports[part] = { refused: String(error) }
      }
    }
    return reports
  },
}

/** The runtimes of the suite. */
export const SUITE_RUNTIMES: readonly SuiteRuntime[] = [
  ...RUNTIMES.map(inProcess),
  workerd,
  edgeRuntime,
]

/** Makes a folder for a runtime. */
export function folderOf(parent: string, { name }: SuiteRuntime): string {
  const folder = join(parent, name.replace(' ', '-'))
  mkdirSync(folder)
  return folder
}
