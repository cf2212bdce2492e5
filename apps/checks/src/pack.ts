import { join } from 'node:path'
import { requireBuilt } from './require-built.ts'
import { runNode } from './run-node.ts'
import { type Member, membersOf, ROOT } from './workspace.ts'

/** A package, packed as for publishing. */
export interface Packed extends Member {
  readonly tarball: string
}

/** The pnpm of this repository, as a script for Node. */
export const PNPM = join(ROOT, 'node_modules/pnpm/bin/pnpm.cjs')

/**
 * Packs every package into a folder, with its built `dist`.
 *
 * @throws {Error} when a package is not built
 */
export async function pack(destination: string): Promise<Packed[]> {
  const packages = membersOf('packages')
  requireBuilt(packages)
  const args = [
    '--recursive',
    '--filter',
    './packages/*',
    'pack',
    '--pack-destination',
    destination,
  ]
  await runNode([PNPM, ...args], { cwd: ROOT })
  return packages.map((one) => {
    const { name, version } = one.manifest
    const file = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`
    return { ...one, tarball: join(destination, file) }
  })
}
