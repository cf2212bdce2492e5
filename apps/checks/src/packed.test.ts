import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  checkPackage,
  createPackageFromTarballData,
  type Package,
  type Problem,
} from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, describe, expect, it } from 'vitest'
import { pack } from './pack.ts'
import { type Manifest, ROOT } from './workspace.ts'

const folder = mkdtempSync(join(tmpdir(), 'ringback-packed-'))
afterAll(() => rmSync(folder, { recursive: true }))

const packages = await pack(folder)

/** The paths in a tarball, below its one folder, and its package.json. */
function contentOf(tarball: Package): { paths: string[]; manifest: Manifest } {
  const root = `/node_modules/${tarball.packageName}/`
  return {
    paths: tarball.listFiles().map((path) => path.slice(root.length)),
    manifest: JSON.parse(tarball.readFile(`${root}package.json`)) as Manifest,
  }
}

/** ESM only: what a CommonJS resolution would say is no problem of ours. */
function concernsEsm(problem: Problem): boolean {
  if ('resolutionKind' in problem) {
    return problem.resolutionKind === 'node16-esm' || problem.resolutionKind === 'bundler'
  }
  return !('resolutionOption' in problem) || problem.resolutionOption !== 'node10'
}

/** What a package has besides its code: Scalar's script and its licence; the templates of projects. */
const ASSETS: Readonly<Record<string, readonly (RegExp | string)[]>> = {
  '@ringback/reference': [/^scalar\/COPYING$/, /^scalar\/scalar-\d+\.\d+\.\d+\.js\.br$/],
  'create-ringback': globSync('templates/**/*.*', {
    cwd: join(ROOT, 'packages/create-ringback'),
  }).concat('templates/node/_gitignore', 'templates/workers/_gitignore'),
}

describe.each(packages)('the tarball of $manifest.name', ({ tarball }) => {
  const bytes = new Uint8Array(readFileSync(tarball))
  const { paths, manifest } = contentOf(createPackageFromTarballData(bytes))

  it('has a README and a LICENSE', () => {
    expect(paths).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE']))
  })

  it('has nothing else but what was built', () => {
    const others = paths.filter((path) => !/^(package\.json|README\.md|LICENSE)$/.test(path))
    const assets = others.filter((path) => !/^dist\/.+(?<!\.test)\.(js|d\.ts)$/.test(path)).sort()
    const expected = ASSETS[manifest.name]?.toSorted() ?? []
    expect(assets).toEqual(
      expected.map((one) => (typeof one === 'string' ? one : expect.stringMatching(one))),
    )
  })

  it('exports what is in it', () => {
    for (const [name, targets] of Object.entries(manifest.exports ?? {})) {
      const { types, default: code } = targets as Record<string, string>
      expect(Object.keys(targets as object), name).toEqual(['types', 'default'])
      expect(paths).toEqual(expect.arrayContaining([types?.slice(2), code?.slice(2)]))
    }
  })

  it('names versions that a registry has', () => {
    const { dependencies, peerDependencies } = manifest
    const versions = Object.values({ ...dependencies, ...peerDependencies })
    expect(versions.filter((version) => !/^[\^~]?\d/.test(version))).toEqual([])
  })

  it('takes every compatible release of what others publish, such as a security release', () => {
    const { dependencies, peerDependencies } = manifest
    const theirs = Object.entries({ ...dependencies, ...peerDependencies }).filter(
      ([name]) => !name.startsWith('@ringback/'),
    )
    expect(theirs.filter(([, range]) => !/^\^[1-9]/.test(range))).toEqual([])
  })

  it('has no message of publint', async () => {
    const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, level: 'warning' })
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
  })

  it('has the right types', async () => {
    const result = await checkPackage(createPackageFromTarballData(bytes))
    expect('problems' in result ? result.problems.filter(concernsEsm) : result).toEqual([])
  })
})
