// `test/declarations/library` exports one of every value that the packages make. It is compiled to declarations, as
// the projects of a monorepo are, and `test/declarations/consumer` is compiled against these alone.
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import budgets from '../../../budgets.json' with { type: 'json' }
import { ANNOTATED_APP, APP, CLIENT, operationsModule } from './operations-module.ts'
import { pack } from './pack.ts'
import { installPacked } from './packed-project.ts'
import { runNode } from './run-node.ts'
import { NEWEST_TSC, TSC } from './typescript-versions.ts'

const SOURCES = join(import.meta.dirname, '../test/declarations')
const RESOLUTIONS = {
  NodeNext: { module: 'NodeNext' },
  bundler: { module: 'ESNext', moduleResolution: 'bundler' },
}

const folder = mkdtempSync(join(tmpdir(), 'ringback-declarations-'))
afterAll(() => rmSync(folder, { recursive: true }))

mkdirSync(join(folder, 'tarballs'))
// a type of theirs must be named by way of the packages that are installed for their own sake
const indirect = ['@ringback/expression', '@ringback/signing']
await installPacked(folder, await pack(join(folder, 'tarballs')), { indirect })

interface Compilation {
  readonly compiler: string
  readonly options: object
  /** The folder that is compiled. */
  readonly input: string
  /** The folder for the declarations; without it nothing is written. */
  readonly output?: string
}

/** Compiles a folder of the project, and gives what the compiler printed. */
async function compile({ compiler, options, input, output }: Compilation): Promise<string> {
  const emits = { declaration: true, emitDeclarationOnly: true, rootDir: input, outDir: output }
  const compilerOptions = {
    target: 'ES2023',
    lib: ['ES2023', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
    strict: true,
    types: ['node'],
    allowImportingTsExtensions: true,
    // the declarations that were written are checked where they are used
    skipLibCheck: output !== undefined,
    ...(output === undefined ? { noEmit: true } : emits),
    ...options,
  }
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, include: [input] }),
  )
  return runNode([compiler, '-p', '.'], { cwd: folder, timeout: 240_000 })
}

const combinations = Object.entries(TSC).flatMap(([version, compiler]) =>
  Object.entries(RESOLUTIONS).map(([resolution, options]) => ({
    version,
    compiler,
    resolution,
    options,
  })),
)

describe.each(combinations)('with TypeScript $version and $resolution', (combination) => {
  const { version, resolution, compiler, options } = combination
  // no sources beside the declarations
  const output = join('declarations', `${version}-${resolution}`)
  const timeout = 250_000

  it('one of everything can be exported', { timeout }, async () => {
    cpSync(join(SOURCES, 'library'), join(folder, 'library'), { recursive: true })
    const into = { input: 'library', output: join(output, 'library') }
    expect(await compile({ compiler, options, ...into })).toBe('')
  })

  it('another project can use what was exported', { timeout }, async () => {
    const input = join(output, 'consumer')
    cpSync(join(SOURCES, 'consumer'), join(folder, input), { recursive: true })
    expect(await compile({ compiler, options, input })).toBe('')
  })
})

describe('the declarations of 150 operations', { timeout: 250_000 }, () => {
  const MODULES = {
    operations: operationsModule(150),
    app: APP,
    client: CLIENT,
    'app, annotated': ANNOTATED_APP,
  }

  it('are within their budgets', async () => {
    mkdirSync(join(folder, 'large'))
    for (const [name, text] of Object.entries(MODULES)) {
      writeFileSync(join(folder, 'large', `${name}.ts`), text)
    }
    const options = RESOLUTIONS.NodeNext
    const into = { input: 'large', output: 'declarations/large' }
    expect(await compile({ compiler: NEWEST_TSC, options, ...into })).toBe('')

    for (const [name, { limit }] of Object.entries(budgets.declarations)) {
      const { size } = statSync(join(folder, 'declarations/large', `${name}.d.ts`))
      expect(size, `bytes of ${name}`).toBeLessThanOrEqual(limit)
    }
  })
})
