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

/** Whether every line of a module imports or exports. */
function handsOn(code: string): boolean {
  return code
    .split('\n')
    .every(
      (line) =>
        line === '' || /^(?:import|export) .* from /.test(line) || /^export \{.*\};$/.test(line),
    )
}

describe.each(packages)('the tarball of $manifest.name', ({ name, tarball: file }) => {
  const bytes = new Uint8Array(readFileSync(file))
  const tarball = createPackageFromTarballData(bytes)
  const { paths, manifest } = contentOf(tarball)

  it('has a README and a LICENSE', () => {
    expect(paths).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE']))
  })

  it('has nothing else but what was built', () => {
    const others = paths.filter((path) => !/^(package\.json|README\.md|LICENSE)$/.test(path))
    const assets = others
      .filter((path) => !/^dist\/.+(?<!\.test)\.(js|js\.map|d\.ts)$/.test(path))
      .sort()
    const expected = ASSETS[manifest.name]?.toSorted() ?? []
    expect(assets).toEqual(
      expected.map((one) => (typeof one === 'string' ? one : expect.stringMatching(one))),
    )
  })

  it('has a source map of each module, with its source', () => {
    const contentAt = (path: string) => tarball.readFile(`/node_modules/${manifest.name}/${path}`)
    // a module that only hands on what others export maps nothing
    const unmapped = paths.filter(
      (path) => path.endsWith('.js') && !paths.includes(`${path}.map`) && !handsOn(contentAt(path)),
    )
    expect(unmapped).toEqual([])
    for (const path of paths.filter((each) => each.endsWith('.js.map'))) {
      const map = JSON.parse(contentAt(path))
      expect(map.sourcesContent?.length, path).toBe(map.sources.length)
    }
  })

  it('says what a registry shows', () => {
    expect(manifest.keywords?.length, 'give the package.json keywords').toBeGreaterThan(2)
    // the matchers are added by their import
    const effects = name === 'testkit' ? ['./src/vitest/index.ts', './dist/vitest/index.js'] : false
    expect(manifest.sideEffects).toEqual(effects)
    expect(manifest.license).toBe('MIT')
    const root = 'https://github.com/ringback/ringback'
    expect(manifest).toMatchObject({
      homepage: `${root}#readme`,
      bugs: `${root}/issues`,
      repository: { url: `git+${root}.git`, directory: `packages/${name}` },
    })
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
