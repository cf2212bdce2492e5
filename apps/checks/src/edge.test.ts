// The application of docs/workers.md: `npm run edge` runs it, and wrangler can deploy it.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import budgets from '../../../budgets.json' with { type: 'json' }
import { startChild } from './child.ts'
import { eventually } from './eventually.ts'
import { findFreePort } from './find-free-port.ts'
import { markdownBlocks } from './markdown-blocks.ts'
import { requireBuilt } from './require-built.ts'
import { runNode } from './run-node.ts'
import { NEWEST_TSC } from './typescript-versions.ts'
import { membersOf, ROOT } from './workspace.ts'

const TIMEOUT = 60_000
const EDGE = join(ROOT, 'apps/edge')
const WRANGLER = join(EDGE, 'node_modules/wrangler/bin/wrangler.js')

const folder = mkdtempSync(join(tmpdir(), 'edge-'))
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 5 }))

/** Runs wrangler in the application, without asking its registry for news. */
async function wrangler(...args: readonly string[]): Promise<string> {
  const child = startChild(process.execPath, [WRANGLER, ...args], {
    cwd: EDGE,
    env: { HOME: folder, TMPDIR: folder, CI: '1', WRANGLER_HIDE_BANNER: 'true' },
  })
  const exit = await child.exit()
  const printed = child.lines.join('\n')
  expect(exit, printed).toEqual({ code: 0, signal: null })
  return printed
}

describe('the application for Workers', { timeout: TIMEOUT }, () => {
  it('can be deployed, and its Worker has neither Scalar nor a Node module', async () => {
    const output = join(folder, 'out')
    const printed = await wrangler('deploy', '--dry-run', '--outdir', output)
    expect(printed).toContain('env.CALLBACKS (Callbacks)')
    expect(readdirSync(output)).toContain('index.js')
    const bundle = readFileSync(join(output, 'index.js'), 'utf8')
    expect(bundle).not.toMatch(/from\s*["']node:/)
    expect(bundle.includes('createApiReference')).toBe(false)
    // the constants leave out the code of the document, the checks that the build makes, webhooks, and other schemas
    for (const text of [
      'components/schemas',
      'answer the same requests',
      'the request body has no',
      'ringback.challenge',
      'INSERT INTO ringback_publication',
      'catchall',
      'unrepresentable',
    ]) {
      expect(bundle).not.toContain(text)
    }
    expect(gzipSync(bundle, { level: 9 }).length).toBeLessThanOrEqual(
      budgets.worker['apps/edge, in one file, by wrangler'].limit,
    )
  })

  it('is configured as docs/workers.md says, by a schema that is there', () => {
    const parse = (text: string) => JSON.parse(text.replace(/^\s*\/\/.*$/gm, ''))
    const config = parse(readFileSync(join(EDGE, 'wrangler.jsonc'), 'utf8'))
    const page = readFileSync(join(ROOT, 'docs/workers.md'), 'utf8')
    const written = markdownBlocks(page).find(({ language }) => language === 'jsonc')
    expect(config).toMatchObject(parse(written?.code ?? ''))
    const schema = JSON.parse(readFileSync(join(EDGE, config.$schema), 'utf8'))
    const { properties } = schema.definitions.RawConfig
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(config)))
    expect(config.triggers.crons).toHaveLength(1)
  })

  it('has the types that wrangler writes', async () => {
    const file = join(folder, 'types.d.ts')
    await wrangler('types', file, '--include-runtime=false', '--strict-vars=false')
    const body = (text: string) =>
      text.slice(text.indexOf('interface')).replace(/[\s;'"]|\.\.\/|\.\//g, '')
    const committed = readFileSync(join(EDGE, 'worker-configuration.d.ts'), 'utf8')
    const written = readFileSync(file, 'utf8').replace(
      /import\("[^"]*src\/index"\)/g,
      'import("src/index")',
    )
    expect(body(written)).toBe(body(committed))
  })

  it('compiles with all of the types of Workers, and without those of browsers', async () => {
    const packages = membersOf('packages')
    requireBuilt(packages)
    const project = join(folder, 'project')
    cpSync(join(EDGE, 'src'), join(project, 'src'), { recursive: true })
    const types = join(project, 'types.d.ts')
    await wrangler('types', types, '--strict-vars=false')
    const written = readFileSync(types, 'utf8')
    writeFileSync(
      types,
      written.replace(/import\("[^"]*src\/index"\)/g, 'import("./src/index.ts")'),
    )
    const ours = packages.flatMap(({ folder: from, manifest }) =>
      Object.entries(manifest.publishConfig?.exports ?? {}).map(([path, entry]) => [
        join(manifest.name, path),
        [join(from, entry.types)],
      ]),
    )
    const theirs = ['hono', 'valibot'].flatMap((name) =>
      [name, `${name}/*`].map((path) => [path, [join(EDGE, 'node_modules', path)]]),
    )
    const compilerOptions = {
      strict: true,
      noEmit: true,
      target: 'ES2023',
      lib: ['ES2023'],
      types: [],
      module: 'ESNext',
      moduleResolution: 'bundler',
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      paths: Object.fromEntries([...ours, ...theirs]),
    }
    const files = ['src/index.ts', 'types.d.ts']
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
    expect(await runNode([NEWEST_TSC, '-p', '.'], { cwd: project })).toBe('')
    // the test can fail: a binding that is not there
    const source = join(project, 'src/index.ts')
    writeFileSync(source, readFileSync(source, 'utf8').replace('env.CALLBACKS', 'env.CALLBAKS'))
    expect(await runNode([NEWEST_TSC, '-p', '.'], { cwd: project }).catch(String)).toContain(
      'CALLBAKS',
    )
  })

  it('sends an invoice’s callback, which the external API verifies', async () => {
    const [port, external] = [await findFreePort(), await findFreePort()]
    const child = startChild(process.execPath, [join(EDGE, 'src/start.ts')], {
      cwd: folder,
      env: {
        HOME: folder,
        TMPDIR: folder,
        PORT: `${port}`,
        EXTERNAL_PORT: `${external}`,
        CI: '1',
        WRANGLER_HIDE_BANNER: 'true',
      },
    })
    onTestFinished(() => child.end())
    await child.line(/^The invoices API is ready/)
    const api = `http://127.0.0.1:${port}`

    const document = await (await fetch(`${api}/openapi.json`)).json()
    expect(document).toHaveProperty(['paths', '/invoices', 'post', 'callbacks'])
    const page = await (await fetch(`${api}/reference`)).text()
    const [, script = ''] = /<script src="\.(.+?)"/.exec(page) ?? []
    expect((await fetch(`${api}${script}`)).headers.get('content-type')).toContain('javascript')

    const query = new URLSearchParams({ callback_url: `http://127.0.0.1:${external}/events` })
    const response = await fetch(`${api}/invoices?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"id":"2expen51ve","customer":"Mr. Richie Rich","total":"9999"}',
    })
    expect([response.status, await response.text()]).toEqual([200, '{"msg":"Invoice received"}'])
    const received = await eventually('the callback', async () => {
      const [first] = await (await fetch(`http://127.0.0.1:${external}/received`)).json()
      return first
    })
    expect(received).toMatchObject({
      body: { description: 'Payment celebration', paid: true },
      verified: true,
    })
    expect((await fetch(`${api}/__scheduled`)).status).toBe(200)
  })
})
