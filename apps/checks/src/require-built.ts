import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Member } from './workspace.ts'

/** @throws {Error} naming the packages that have no `dist` */
export function requireBuilt(packages: readonly Member[]): void {
  const unbuilt = packages.filter(({ folder }) => !existsSync(join(folder, 'dist/index.d.ts')))
  if (unbuilt.length > 0) {
    const names = unbuilt.map(({ name }) => name).join(', ')
    throw new Error(`these packages are not built: ${names}; run 'npm run build' first`)
  }
}
