import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { importsOf, type ModuleReference } from './imports-of.ts'
import { type Member, ROOT } from './workspace.ts'

/** An import, and where it stands. */
export interface FoundImport extends ModuleReference {
  readonly member: Member
  /** Inside the package: `src/node/index.ts`. */
  readonly path: string
}

/** Whether a file is no part of what is published. */
export const TEST_FILE = /\.test(-d)?\.ts$/

/** Every import of the sources of packages: what is in `src`, and no test. */
export function importsOfSources(members: readonly Member[]): FoundImport[] {
  return findImports(members, (path) => path.startsWith('src/') && !TEST_FILE.test(path))
}

/** Every import of everything else: tests, fixtures, benchmarks, configuration. */
export function importsOfTests(members: readonly Member[]): FoundImport[] {
  return findImports(members, (path) => !path.startsWith('src/') || TEST_FILE.test(path))
}

function findImports(members: readonly Member[], isMeant: (path: string) => boolean) {
  return members.flatMap((member) =>
    globSync(['{src,test,bench,fuzz}/**/*.ts', '*.ts'], { cwd: member.folder })
      .filter((path) => !path.includes('node_modules') && isMeant(path))
      .sort()
      .flatMap((path) => {
        const text = readFileSync(join(member.folder, path), 'utf8')
        return importsOf(text).map((found): FoundImport => ({ ...found, member, path }))
      }),
  )
}

/** For a failed check: `packages/core/src/api.ts:3 imports 'hono'`. */
export function describeImport(found: FoundImport): string {
  const { member, path, line, specifier, isTypeOnly } = found
  const place = `${relative(ROOT, join(member.folder, path))}:${line}`
  const module = specifier === undefined ? 'a computed module' : `'${specifier}'`
  return `${place} imports ${isTypeOnly ? 'types of ' : ''}${module}`
}
