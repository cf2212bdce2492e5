import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import budgets from '../../../budgets.json' with { type: 'json' }
import { installedPackages } from './installed-packages.ts'
import { openLocalRegistry } from './local-registry.ts'
import { installPacked } from './packed-project.ts'
import { runNode } from './run-node.ts'
import { NEWEST_TSC, OLDEST_TSC } from './typescript-versions.ts'
import { membersOf } from './workspace.ts'

const folder = mkdtempSync(join(tmpdir(), 'ringback-project-'))
afterAll(() => rmSync(folder, { recursive: true }))

// published as a release does, and installed as a user does
const packages = membersOf('packages')
const registry = await openLocalRegistry()
await registry.publish()
await installPacked(folder, packages, { registry: registry.url })
await registry.close()

/** The programs, and the types of the runtime that each is compiled with. */
const PROGRAMS = { 'packed-portable': [], 'packed-program': ['node'] }
for (const [name, types] of Object.entries(PROGRAMS)) {
  copyFileSync(new URL(`${name}.ts`, import.meta.url), join(folder, `${name}.ts`))
  const compilerOptions = {
    target: 'ES2023',
    lib: ['ES2023', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
    module: 'NodeNext',
    strict: true,
    skipLibCheck: false,
    types,
  }
  const config = { compilerOptions, files: [`${name}.ts`] }
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(config))
}

describe('the project', () => {
  it('has every package from the registry, and not from here', () => {
    const lockfile = readFileSync(join(folder, 'pnpm-lock.yaml'), 'utf8')
    for (const { manifest } of packages) {
      const id = `${manifest.name}@${manifest.version}`
      expect(lockfile).toMatch(new RegExp(`'?${id}'?:\\n {4}resolution: \\{integrity: `))
    }
    expect(lockfile).not.toContain('.tgz')
  })
})

describe.each([
  ['oldest', OLDEST_TSC],
  ['newest', NEWEST_TSC],
])('with the %s TypeScript', (_age, compiler) => {
  it.each(Object.keys(PROGRAMS))('%s compiles', { timeout: 180_000 }, async (name) => {
    const options = { cwd: folder, timeout: 170_000 }
    expect(await runNode([compiler, '-p', `${name}.json`], options)).toBe('')
  })
})

describe('an installation is within its budget:', () => {
  it.each(Object.entries(budgets.install))('%s', (names, { packages, bytes }) => {
    const installed = installedPackages(folder, names.split(' '))
    const total = installed.reduce((sum, one) => sum + one.bytes, 0)
    expect(installed.map(({ name }) => name)).toEqual(expect.arrayContaining(names.split(' ')))
    const list = installed.map(({ name, bytes }) => `${name} (${bytes} bytes)`).join(', ')
    expect(installed.length, `packages: ${list}`).toBeLessThanOrEqual(packages)
    expect(total, `bytes: ${list}`).toBeLessThanOrEqual(bytes)
  })
})

// the oldest that the packages promise, which needs to be told to run TypeScript
const OLDEST_NODE = fileURLToPath(new URL('../node_modules/node-oldest/bin/node', import.meta.url))
const NODES = [
  ['oldest', OLDEST_NODE, ['--experimental-strip-types']],
  ['current', process.execPath, []],
] as const

describe.each(NODES)('the built packages, with the %s Node', (_, node, flags) => {
  it('send and receive where nothing but the platform is', { timeout: 30_000 }, async () => {
    const printed = await runNode([...flags, 'packed-portable.ts'], { cwd: folder, node })
    expect(JSON.parse(printed)).toEqual({
      msg: 'received',
      sent: 1,
      received: [true],
      url: 'https://b.example/',
    })
  })

  it('are loaded, each entry but those of Workers and of vitest', { timeout: 60_000 }, async () => {
    const entries = packages
      .filter(({ name }) => name !== 'store-durable-object')
      .flatMap(({ manifest }) =>
        Object.keys(manifest.exports ?? {}).map((path) => join(manifest.name, path)),
      )
      .filter((entry) => entry !== '@ringback/testkit/vitest')
    const program = entries.map(
      (entry) => `console.log(Object.keys(await import('${entry}')).length > 0, '${entry}')`,
    )
    writeFileSync(join(folder, 'imports.mjs'), program.join('\n'))
    const printed = await runNode(['imports.mjs'], { cwd: folder, node })
    expect(printed.trim().split('\n')).toEqual(entries.map((entry) => `true ${entry}`))
  })

  it('write the document of an app in TypeScript', { timeout: 60_000 }, async () => {
    const app = [
      "import { createApi, route } from '@ringback/core'",
      "const ping = route('get', '/ping').response(204).handle((c) => c.body(null, 204))",
      "export const app = createApi({ info: { title: 'Ping', version: '1' } }, [ping])",
    ]
    writeFileSync(join(folder, 'app.ts'), app.join('\n'))
    // without a flag: a user's Node may know no TypeScript
    const args = ['node_modules/@ringback/cli/dist/main.js', 'document', 'app.ts']
    const printed = await runNode(args, { cwd: folder, node })
    expect(Object.keys(JSON.parse(printed).paths)).toEqual(['/ping'])
  })

  it('send and receive over a socket, from each store', { timeout: 30_000 }, async () => {
    const printed = await runNode([...flags, 'packed-program.ts'], { cwd: folder, node })
    const [memory, sqlite, received] = printed
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))

    const expected = {
      answer: { msg: 'Invoice received' },
      state: 'delivered',
      openapi: expect.stringMatching(/^3\.1\./),
      script: 'text/javascript; charset=utf-8',
    }
    expect(memory).toEqual(expected)
    expect(sqlite).toEqual(expected)
    const delivery = {
      path: '/events/invoices/2expen51ve',
      payload: { description: 'Payment celebration', paid: true },
    }
    expect(received).toEqual([delivery, delivery])
  })
})
