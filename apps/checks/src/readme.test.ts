// Every block marked `ts` in README.md, CONTRIBUTING.md, docs/*.md and the packages' README.md is compiled, and run
// unless it is marked `ts not-run`, by vitest where it imports that; `readme-modules.ts` has the rules.
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { modulesByState, type ReadmeModule, readmeModules } from './readme-modules.ts'
import { runNode } from './run-node.ts'
import { NEWEST_TSC } from './typescript-versions.ts'
import { ROOT } from './workspace.ts'

// ignored by git, the formatter and the tsconfig of the repository
const FOLDER = join(import.meta.dirname, '../dist/readme')
const TYPES_OF_WORKERS = [
  'packages/store-durable-object/src/cloudflare-workers.d.ts',
  'apps/edge/worker-configuration.d.ts',
].map((path) => join(ROOT, path))
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

interface Placed extends ReadmeModule {
  readonly document: string
  readonly path: string
}

const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs')

/** Only vitest itself can run what imports it. */
const isForVitest = ({ runs, text }: ReadmeModule) => runs && text.includes("from 'vitest'")

const documents = globSync(['*.md', 'docs/*.md', 'packages/*/README.md'], { cwd: ROOT })
const modules = documents.sort().flatMap((document): Placed[] =>
  modulesByState(readmeModules(readFileSync(join(ROOT, document), 'utf8')))
    .flat()
    .map((one) => ({
      ...one,
      document,
      // a folder for each document, whose name appears in the messages of the compiler
      path: join(document.replaceAll('/', '-'), one.state === 1 ? '' : `${one.state}`, one.file),
    })),
)

const cwd = mkdtempSync(join(tmpdir(), 'ringback-readme-'))
afterAll(() => rmSync(cwd, { recursive: true }))

beforeAll(() => {
  rmSync(FOLDER, { recursive: true, force: true })
  for (const { path, text } of modules) {
    mkdirSync(join(FOLDER, path, '..'), { recursive: true })
    writeFileSync(join(FOLDER, path), text)
  }
  const config = {
    extends: join(ROOT, 'tsconfig.json'),
    // an example may end with a declaration
    compilerOptions: { noUnusedLocals: false, noUnusedParameters: false },
    include: [],
    // the types of Workers, which `wrangler types` writes in a project
    files: [...TYPES_OF_WORKERS, ...modules.map(({ path }) => path)],
  }
  writeFileSync(join(FOLDER, 'tsconfig.json'), JSON.stringify(config))
})

describe('the blocks of the documents', () => {
  it('are found', () => {
    expect(documents).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md']))
    expect(modules.map(({ document }) => document)).toContain('README.md')
  })

  it('have different file names', () => {
    const paths = modules.map(({ path }) => path)
    expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([])
  })

  it('compile', { timeout: 90_000 }, async () => {
    expect(await runNode([NEWEST_TSC, '-p', '.'], { cwd: FOLDER })).toBe('')
  })

  it('for vitest pass', { timeout: 90_000 }, async () => {
    const files = modules.filter(isForVitest).map(({ path }) => path)
    expect(files).not.toEqual([])
    const printed = await runNode([VITEST, 'run', '--root', FOLDER, ...files], {
      cwd,
      env: { CALLBACK_SECRET: SECRET },
      timeout: 80_000,
    })
    // a run without tests passes, too
    expect(printed).toMatch(new RegExp(`Test Files.*\\b${files.length} passed`))
  })

  it.each(modules.filter((one) => one.runs && !isForVitest(one)))(
    'run: $path',
    { timeout: 30_000 },
    async ({ path }) => {
      const args = ['--disable-warning=ExperimentalWarning', join(FOLDER, path)]
      await runNode(args, { cwd, env: { CALLBACK_SECRET: SECRET }, timeout: 20_000 })
    },
  )
})
