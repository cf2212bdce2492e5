import { existsSync, globSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Manifest, readManifest } from './workspace.ts'

/** A package that is installed, and what its own files take on disk. */
export interface InstalledPackage {
  readonly name: string
  readonly version: string
  readonly bytes: number
}

/**
 * Lists the packages that `npm install` of some packages brings, each once: with their dependencies and the peers
 * that are not optional, as they are installed below a project.
 *
 * @throws {Error} when one of them is not installed
 */
export function installedPackages(project: string, names: readonly string[]): InstalledPackage[] {
  const folders = new Set(names.map((name) => folderOf(name, project)))
  // a set gives what is added while it is walked
  for (const folder of folders) {
    for (const name of neededBy(readManifest(folder))) folders.add(folderOf(name, folder))
  }
  return [...folders].map((folder) => {
    const { name, version } = readManifest(folder)
    return { name, version, bytes: bytesIn(folder) }
  })
}

function neededBy(manifest: Manifest): string[] {
  const { dependencies, optionalDependencies, peerDependencies = {} } = manifest
  const { peerDependenciesMeta = {} } = manifest
  const peers = Object.keys(peerDependencies).filter((name) => {
    return !Object.hasOwn(peerDependenciesMeta, name) || !peerDependenciesMeta[name]?.optional
  })
  return [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]
}

/** Looks the package up as Node does, in the node_modules of each folder above. */
function folderOf(name: string, from: string): string {
  const folder = join(from, 'node_modules', name)
  if (existsSync(folder)) return realpathSync(folder)
  if (dirname(from) === from) throw new Error(`not installed: ${name}`)
  return folderOf(name, dirname(from))
}

function bytesIn(folder: string): number {
  return globSync('**/*', { cwd: folder, exclude: ['node_modules'] })
    .map((path) => statSync(join(folder, path)))
    .reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0)
}
