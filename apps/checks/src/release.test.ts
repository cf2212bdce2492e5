// What a release does to the versions, in a copy of what it reads.
import {
  copyFileSync,
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { runNode } from './run-node.ts'
import { RUNTIMES } from './runtimes.ts'
import { type Manifest, membersOf, ROOT } from './workspace.ts'

const folder = mkdtempSync(join(tmpdir(), 'ringback-release-'))
afterAll(() => rmSync(folder, { recursive: true }))

const packages = membersOf('packages')
const CHANGESET = join(ROOT, 'node_modules/@changesets/cli/bin.js')
const READ = ['package.json', 'pnpm-workspace.yaml', '{packages,apps}/*/package.json']

beforeAll(async () => {
  for (const path of globSync(READ, { cwd: ROOT })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    copyFileSync(join(ROOT, path), join(folder, path))
  }
  cpSync(join(ROOT, '.changeset'), join(folder, '.changeset'), { recursive: true })
  const change = '---\n"@ringback/signing": minor\n---\n\nSigns backwards.\n'
  writeFileSync(join(folder, '.changeset/a-change.md'), change)
  await runNode([CHANGESET, 'version'], { cwd: folder })
})

describe('a release after a change of one package', () => {
  const manifestOf = (name: string): Manifest =>
    JSON.parse(readFileSync(join(folder, 'packages', name, 'package.json'), 'utf8'))

  it('gives every package the same new version', () => {
    const versions = new Set(packages.map(({ name }) => manifestOf(name).version))
    expect(versions.size, 'add a new package to `fixed` in .changeset/config.json').toBe(1)
    expect([...versions]).not.toEqual([packages[0]?.manifest.version])
  })

  it('keeps what packages depend on among themselves', () => {
    const ranges = packages.flatMap(({ name }) =>
      Object.entries(manifestOf(name).dependencies ?? {})
        .filter(([dependency]) => dependency.startsWith('@ringback/'))
        .map(([, range]) => range),
    )
    expect(new Set(ranges)).toEqual(new Set(['workspace:^']))
  })

  it('writes the changelog of the package', () => {
    const changelog = readFileSync(join(folder, 'packages/signing/CHANGELOG.md'), 'utf8')
    expect(changelog).toContain('Signs backwards.')
    expect(changelog).toContain('### Minor Changes')
  })

  it('gives the applications none', () => {
    expect(globSync('apps/*/CHANGELOG.md', { cwd: folder })).toEqual([])
  })
})

describe('the workflows', () => {
  const read = (name: string) => readFileSync(join(ROOT, '.github/workflows', name), 'utf8')
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))

  it.each(['ci.yml', 'release.yml', 'docs.yml'])('%s runs scripts that exist', (name) => {
    const workflow: { jobs: Record<string, { steps: { run?: string; with?: object }[] }> } = parse(
      read(name),
    )
    const commands = Object.values(workflow.jobs).flatMap(({ steps }) =>
      steps.flatMap(({ run, with: options }) => [run, ...Object.values(options ?? {})]),
    )
    const named = commands.flatMap((command) =>
      typeof command === 'string' ? [...command.matchAll(/^npm run ([\w:-]+)/gm)] : [],
    )
    expect(named.length).toBeGreaterThan(0)
    for (const [, script = ''] of named) expect(Object.keys(scripts)).toContain(script)
  })

  it('publish with provenance', () => {
    const { jobs } = parse(read('release.yml'))
    expect(jobs.release.permissions['id-token']).toBe('write')
    expect(jobs.release.steps.at(-1).env.NPM_CONFIG_PROVENANCE).toBe('true')
  })

  it('run the tests of the packages on each Node, and on each other runtime', () => {
    const { jobs } = parse(read('ci.yml'))
    expect(jobs.node.strategy.matrix.node).toEqual([22, 24, 26])
    const tests = readFileSync(join(import.meta.dirname, 'runtimes.test.ts'), 'utf8')
    const names = [...RUNTIMES.map(({ name }) => name), ...tests.matchAll(/^describe\('(\w+)'/gm)]
    for (const runtime of jobs.runtimes.strategy.matrix.runtime) {
      expect(
        names.flat().some((name) => name.startsWith(runtime)),
        runtime,
      ).toBe(true)
    }
  })
})
