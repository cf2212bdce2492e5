import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { manifestOf } from './project-files.ts'

interface Manifest {
  readonly version: string
  readonly engines: Readonly<Record<string, string>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  readonly peerDependencies: Readonly<Record<string, string>>
}

const PACKAGES = join(import.meta.dirname, '../../..')
const read = (path: string): Manifest => JSON.parse(readFileSync(path, 'utf8'))
const ownOf = (name: string) => read(join(PACKAGES, name, 'package.json'))

// the manifest of the command is compared with those of this repository, which are kept up to date
const made = manifestOf({ name: 'receiver', source: '', version: '1.2.3' }) as Manifest
const ranges = { ...made.dependencies, ...made.devDependencies }
const own = /^@ringback\//

/** The version of a package that this repository is tested with: that of the projects of create-ringback. */
function testedVersionOf(name: string): readonly number[] {
  const require = createRequire(join(PACKAGES, 'create-ringback/package.json'))
  const paths = require.resolve.paths(name) ?? []
  for (const path of paths) {
    try {
      return read(join(path, name, 'package.json'))
        .version.split('.')
        .map(Number)
    } catch {
      // it lies in a folder further up
    }
  }
  throw new Error(`create-ringback does not have ${name}, with which its projects are tested`)
}

it.each(Object.entries(ranges).filter(([name]) => !own.test(name)))(
  'a receiver gets %s %s, of the version that the repository is tested with',
  (name, range) => {
    const [major = 0, minor = 0] = testedVersionOf(name)
    // of types, the major version is that of the runtime; the compiler may be older
    const expected = name.startsWith('@types/') ? `^${major}.0.0` : `^${major}.${minor}.0`
    if (name !== 'typescript') expect(range).toBe(expected)
    else expect(major * 100 + minor).toBeGreaterThanOrEqual(leastOf(range))
  },
)

function leastOf(range: string): number {
  const [, major, minor] = /^>=(\d+)\.(\d+)$/.exec(range) ?? []
  return Number(major) * 100 + Number(minor)
}

it('a receiver gets the ranges that the packages have of what their users install', () => {
  const { peerDependencies, dependencies } = ownOf('core')
  const given = { ...dependencies, ...peerDependencies }
  expect(ranges).toMatchObject({ hono: given.hono, valibot: given.valibot })
})

it('a receiver gets the packages of Ringback in the version of the command', () => {
  const versions = Object.entries(ranges).filter(([name]) => own.test(name))
  expect(versions.length).toBeGreaterThan(2)
  expect(versions.filter(([, range]) => range !== '^1.2.3')).toEqual([])
})

it('a receiver needs the Node of the projects of create-ringback, and of a version that is tested', () => {
  const templates = ['node', 'workers'].map((name) =>
    read(join(PACKAGES, 'create-ringback/templates', name, 'package.json')),
  )
  expect(templates.map(({ engines }) => engines)).toEqual([made.engines, made.engines])
  const types = testedVersionOf('@types/node')[0]
  expect(read(join(dirname(PACKAGES), 'package.json')).devDependencies.node).toMatch(
    new RegExp(`^${types}\\.`),
  )
})
