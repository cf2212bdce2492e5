import { isBuiltin } from 'node:module'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  describeImport,
  type FoundImport,
  importsOfSources,
  importsOfTests,
  TEST_FILE,
} from './find-imports.ts'
import { importsThatRunUp, ownImports, roomOf, surveyRooms } from './rooms.ts'
import { membersOf, ROOT, readManifest } from './workspace.ts'

/**
 * What of ours a package may import: any entry of a package, or one entry such as `core/internal`; with `(types)`,
 * only types.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  expression: [],
  signing: [],
  core: ['expression'],
  sender: ['expression', 'signing', 'core (types)'],
  receiver: ['signing', 'core/internal', 'core (types)'],
  reference: ['core', 'expression'],
  console: ['core', 'expression', 'sender (types)'],
  'create-ringback': [],
  'store-durable-object': ['sender', 'sender/store', 'store-sqlite/sql'],
  'store-*': ['sender/store', 'store-sqlite/sql', 'sender (types)'],
  subscriptions: ['core', 'sender (types)'],
  testkit: ['signing', 'core', 'sender (types)'],
}
/** What a package imports and has in its build, so that it is not installed with it. */
const BUNDLED: Readonly<Record<string, readonly string[]>> = {
  reference: ['@scalar/hono-api-reference'],
}
/** Every other package: pages and ready-made operations over a sender. */
const OTHERS = ['core', 'sender (types)']
/** It may import anything. */
const CLI = 'cli'
/** Commands, which run on Node alone. */
const COMMANDS = [CLI, 'create-ringback']

/** The rooms of the larger packages, the lowest first; a room imports itself and those before it, types included. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  core: [
    'definition',
    'schemas',
    'problems',
    'checks',
    'hono',
    'builders',
    'openapi',
    'pages',
    'document.ts',
    'api.ts',
    'late.ts',
    'at-once.ts',
    'internal.ts',
    'index.ts',
  ],
  sender: [
    'clock.ts',
    'errors.ts',
    'closest-name.ts',
    'is-record.ts',
    'refuse-unknown.ts',
    'check-members.ts',
    'check-id.ts',
    'store',
    'transport',
    'endpoints',
    'operate',
    'work',
    'options.ts',
    'check-options.ts',
    'resolve-options.ts',
    'send',
    'webhooks.ts',
    'sending.ts',
    'sender.ts',
    'late.ts',
    'at-once.ts',
    'metrics',
    'index.ts',
  ],
}
/** The most files of a package that may import each other in a circle, types and lazy imports included. */
const LARGEST_KNOT: Readonly<Record<string, number>> = { core: 13, sender: 1 }

const packages = membersOf('packages')
const apps = membersOf('apps')
const rootManifest = readManifest(ROOT)
const sources = importsOfSources(packages)
const appSources = importsOfSources(apps)
const tests = importsOfTests([...packages, ...apps])

const isRelative = (specifier: string) => specifier.startsWith('.')
const isOfWorkers = (specifier: string) => specifier.startsWith('cloudflare:')
const isStore = (name: string) => name.startsWith('store-')

/** `@scope/name/sub/path` and `name/sub/path`, without the path. */
function packageOf(specifier: string): string {
  const parts = specifier.split('/')
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
}

function isAllowed({ member, specifier = '', isTypeOnly }: FoundImport): boolean {
  const imported = packageOf(specifier)
  if (apps.some(({ manifest }) => manifest.name === imported)) return false
  if (!imported.startsWith('@ringback/') || member.name === CLI) return true
  const isNamed = Object.hasOwn(MAY_IMPORT, member.name)
  const row = !isNamed && isStore(member.name) ? 'store-*' : member.name
  const allowed = (Object.hasOwn(MAY_IMPORT, row) && MAY_IMPORT[row]) || OTHERS
  const name = imported.slice('@ringback/'.length)
  const entry = specifier.slice('@ringback/'.length)
  return (
    allowed.includes(name) ||
    allowed.includes(entry) ||
    (isTypeOnly && allowed.includes(`${name} (types)`))
  )
}

/** Whether the imported package is installed, or bundled, wherever the importing file is used. */
function isDeclared({ member, specifier = '' }: FoundImport, isPublished: boolean): boolean {
  if (isRelative(specifier) || isBuiltin(specifier) || isOfWorkers(specifier)) return true
  const { dependencies, peerDependencies, devDependencies, imports = {} } = member.manifest
  if (specifier.startsWith('#')) return Object.hasOwn(imports, specifier)
  const bundled = BUNDLED[member.name] ?? []
  const published = { ...dependencies, ...peerDependencies, ...pick(devDependencies, bundled) }
  const installed = { ...published, ...devDependencies, ...rootManifest.devDependencies }
  return Object.hasOwn(isPublished ? published : installed, packageOf(specifier))
}

function pick(record: Readonly<Record<string, string>> = {}, names: readonly string[]) {
  return Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)))
}

function mayUseNode({ member, path }: FoundImport): boolean {
  return (
    /^src\/(?:.+\/)?node\//.test(path) || isStore(member.name) || COMMANDS.includes(member.name)
  )
}

/** A file of the same package, no test, named with its ending. */
function isOwnSource({ member, path, specifier = '' }: FoundImport): boolean {
  const target = relative(join(member.folder, 'src'), join(member.folder, path, '..', specifier))
  return target.endsWith('.ts') && !TEST_FILE.test(target) && !target.startsWith('..')
}

/** What runs when a file of a package is loaded: its imports of values, and those of the files that it imports. */
function loadedBy(file: string): FoundImport[] {
  const files = new Set([file])
  const loaded: FoundImport[] = []
  // a set gives what is added while it is walked
  for (const path of files) {
    const own = sources.filter(
      (one) => !one.isTypeOnly && !one.isLazy && join(one.member.folder, one.path) === path,
    )
    loaded.push(...own)
    for (const { specifier = '' } of own.filter((one) => isRelative(one.specifier ?? ''))) {
      files.add(join(path, '..', specifier))
    }
  }
  return loaded
}

const those = (found: readonly FoundImport[], breaks: (one: FoundImport) => boolean) =>
  found.filter(breaks).map(describeImport)

describe('imports', () => {
  it('are found in every package', () => {
    const silent = packages.filter(
      ({ name }) => !sources.some(({ member }) => member.name === name),
    )
    expect(silent).toEqual([])
  })

  it('between packages are those of the table', () => {
    expect(those(sources, (one) => !isAllowed(one))).toEqual([])
  })

  it('of core/internal, all of which a receiver loads, reach no package, builder or document', () => {
    const core = packages.find(({ name }) => name === 'core')
    const loaded = loadedBy(join(core?.folder ?? '', 'src/internal.ts'))
    expect(loaded.length).toBeGreaterThan(3)
    const breaks = ({ specifier = '' }: FoundImport) =>
      !isRelative(specifier) ||
      /\/(?:builders|checks|openapi|schemas)\/(?!issue-message)/.test(specifier)
    expect(those(loaded, breaks)).toEqual([])
  })

  it('of the command line, before a command runs, reach what reads arguments alone', () => {
    const cli = packages.find(({ name }) => name === CLI)
    const loaded = loadedBy(join(cli?.folder ?? '', 'src/main.ts'))
    expect(loaded.length).toBeGreaterThan(20)
    const isLight = ({ specifier = '' }: FoundImport) =>
      isRelative(specifier) || isBuiltin(specifier) || /^(?:commander|picocolors)$/.test(specifier)
    expect(those(loaded, (one) => !isLight(one))).toEqual([])
  })

  it('of packages are in dependencies or peerDependencies', () => {
    const named = sources.filter(({ specifier }) => specifier !== undefined)
    expect(those(named, (one) => !isDeclared(one, true))).toEqual([])
  })

  it('of apps and tests are declared, but for what a test has made', () => {
    const breaks = (one: FoundImport) => one.specifier !== undefined && !isDeclared(one, false)
    expect(those([...appSources, ...tests], breaks)).toEqual([])
  })

  it('of node: modules stand in folders named node/, the stores and the commands only', () => {
    const breaks = (one: FoundImport) => isBuiltin(one.specifier ?? '') && !mayUseNode(one)
    expect(those(sources, breaks)).toEqual([])
  })

  it('name the module, not an expression, but where the cli loads that of a user', () => {
    const breaks = ({ specifier, member, path }: FoundImport) =>
      specifier === undefined && !(member.name === CLI && path === 'src/app/load-module.ts')
    expect(those(sources, breaks)).toEqual([])
  })

  it('of own files end in .ts, stay in src, and reach no test', () => {
    const breaks = (one: FoundImport) => isRelative(one.specifier ?? '') && !isOwnSource(one)
    expect(those(sources, breaks)).toEqual([])
  })

  it('are never export *', () => {
    expect(those(sources, ({ isExportAll }) => isExportAll)).toEqual([])
  })
})

describe.each(Object.entries(ROOMS))('the rooms of %s', (name, order) => {
  const imports = ownImports(join(ROOT, 'packages', name, 'src'))
  const describeOwn = ({ from, to }: (typeof imports)[number]) => `${from} imports ${to}`

  it('are all in the list', () => {
    const rooms = imports.map(({ from }) => roomOf(from))
    const isListed = (room: string) =>
      order.some((listed) => room === listed || room.startsWith(`${listed}/`))
    expect([...new Set(rooms)].filter((room) => !isListed(room))).toEqual([])
  })

  it('import nothing from above', () => {
    expect(importsThatRunUp(imports, order).map(describeOwn)).toEqual([])
  })

  it('have no circle of values that are loaded together, and no larger one of types than there was', () => {
    const loaded = imports.filter(({ isTypeOnly, isLazy }) => !isTypeOnly && !isLazy)
    expect(surveyRooms(loaded).knots).toEqual([])
    const [largest = []] = surveyRooms(imports).knots
    expect(largest.length, largest.join(' ')).toBeLessThanOrEqual(LARGEST_KNOT[name] ?? 1)
  })
})
