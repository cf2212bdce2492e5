import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The members of a package.json that the checks read. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly description?: string
  readonly keywords?: readonly string[]
  readonly sideEffects?: boolean
  readonly license?: string
  readonly repository?: { readonly url: string }
  readonly exports?: Readonly<Record<string, unknown>>
  readonly imports?: Readonly<Record<string, unknown>>
  readonly publishConfig?: {
    readonly exports?: Readonly<
      Record<string, { readonly types: string; readonly default: string }>
    >
  }
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/** One package or app of this repository. */
export interface Member {
  /** The name of its folder, such as `store-sqlite`. */
  readonly name: string
  readonly folder: string
  readonly manifest: Manifest
}

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** Lists the packages or the apps, ordered by name. */
export function membersOf(parent: 'packages' | 'apps'): Member[] {
  return globSync(`${parent}/*/package.json`, { cwd: ROOT })
    .sort()
    .map((path) => {
      const folder = join(ROOT, dirname(path))
      return {
        name: dirname(path).slice(parent.length + 1),
        folder,
        manifest: readManifest(folder),
      }
    })
}

/** Reads the package.json of a folder. */
export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
}
