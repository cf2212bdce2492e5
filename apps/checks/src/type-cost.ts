import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { requireBuilt } from './require-built.ts'
import { runNode } from './run-node.ts'
import { NEWEST_TSC } from './typescript-versions.ts'
import { membersOf, ROOT } from './workspace.ts'

// ignored by git, the formatter and the repository's own tsconfig
const FOLDER = join(import.meta.dirname, '../dist/type-cost')

/**
 * Compiles a program against the published declarations of the packages, and counts the type instantiations, which
 * are the same on every machine.
 *
 * @throws {Error} when the program does not compile
 */
export async function typeCost(name: string, program: string): Promise<number> {
  requireBuilt(membersOf('packages'))
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, `${name}.ts`), program)
  const config = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: {
      types: [],
      paths: { '@ringback/*': [join(ROOT, 'packages/*/dist/index.d.ts')] },
    },
    include: [],
    files: [`${name}.ts`],
  }
  writeFileSync(join(FOLDER, `${name}.json`), JSON.stringify(config))

  // several threads would instantiate a type several times
  const args = ['-p', `${name}.json`, '--extendedDiagnostics', '--singleThreaded']
  const printed = await runNode([NEWEST_TSC, ...args], { cwd: FOLDER })
  return Number(/^Instantiations:\s+(\d+)$/m.exec(printed)?.[1])
}
