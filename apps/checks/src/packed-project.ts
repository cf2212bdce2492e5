import { realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Packed, PNPM } from './pack.ts'
import { runNode } from './run-node.ts'
import { type Member, ROOT, readManifest } from './workspace.ts'

/** Other packages of a user's project, and where this repository has them installed. */
const BESIDES = {
  '@hono/node-server': 'apps/checks',
  '@opentelemetry/api': 'packages/otel',
  '@types/node': '.',
  hono: 'apps/checks',
  valibot: 'apps/checks',
}

/** Options of a project. */
export interface InstallOptions {
  /** The packages that only others of ours depend on, and that the project cannot import. */
  readonly indirect?: readonly string[]
  /** The URL of a registry that has the packages; without it, they are installed from their tarballs. */
  readonly registry?: string
}

/** A package of ours, and its tarball where that is at hand. */
export type Installable = Member & Partial<Packed>

/**
 * Makes a project outside this repository that has our packages installed, by pnpm and without a network but
 * loopback: what they depend on is linked to where this repository has it. A package sees only what it declares.
 */
export async function installPacked(
  folder: string,
  packages: readonly Installable[],
  { indirect = [], registry }: InstallOptions = {},
): Promise<void> {
  const ours = Object.fromEntries(
    packages.map(({ manifest, tarball }) => [
      manifest.name,
      registry === undefined ? `file:${tarball}` : manifest.version,
    ]),
  )
  const theirs = packages.flatMap(({ folder: from, manifest }) =>
    Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
      .filter((name) => !Object.hasOwn(ours, name))
      .map((name) => [name, linkTo(from, name)] as const),
  )
  const direct = Object.entries(ours).filter(([name]) => !indirect.includes(name))
  const besides = Object.fromEntries(
    Object.entries(BESIDES).map(([name, from]) => [name, linkTo(join(ROOT, from), name)]),
  )

  write(folder, 'package.json', {
    name: 'project',
    private: true,
    type: 'module',
    dependencies: { ...Object.fromEntries(direct), ...besides },
  })
  await install(folder, { ...Object.fromEntries(theirs), ...besides, ...ours }, registry)
}

/**
 * Installs a project that was created outside this repository, as its own package.json says: the packed packages, and
 * those of others in the versions that `create-ringback` was tested with.
 */
export async function installCreated(folder: string, packages: readonly Packed[]): Promise<void> {
  const ours = Object.fromEntries(packages.map((one) => [one.manifest.name, `file:${one.tarball}`]))
  const tested = join(ROOT, 'packages/create-ringback')
  const theirs = [tested, ...packages.map((one) => one.folder)].flatMap((from) => {
    const { dependencies, peerDependencies, devDependencies } = readManifest(from)
    const named = { ...dependencies, ...peerDependencies, ...(from === tested && devDependencies) }
    return Object.keys(named)
      .filter((name) => !Object.hasOwn(ours, name))
      .map((name) => [name, linkTo(from, name)] as const)
  })
  await install(folder, { ...Object.fromEntries(theirs.reverse()), ...ours })
}

async function install(
  folder: string,
  overrides: Readonly<Record<string, string>>,
  registry?: string,
): Promise<void> {
  // JSON is YAML
  write(folder, 'pnpm-workspace.yaml', {
    overrides,
    storeDir: join(folder, 'store'),
    cacheDir: join(folder, 'cache'),
  })
  const from = registry === undefined ? ['--offline'] : ['--registry', registry]
  await runNode([PNPM, 'install', '--no-frozen-lockfile', ...from], { cwd: folder })
}

function linkTo(folder: string, name: string): string {
  return `link:${realpathSync(join(folder, 'node_modules', name))}`
}

function write(folder: string, name: string, content: object): void {
  writeFileSync(join(folder, name), JSON.stringify(content, undefined, 2))
}
