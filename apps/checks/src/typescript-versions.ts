import { join } from 'node:path'
import { ROOT } from './workspace.ts'

/** The compilers that must accept our declarations, as scripts for Node. */
export const OLDEST_TSC = join(ROOT, 'apps/checks/node_modules/typescript-oldest/lib/tsc.js')
export const NEWEST_TSC = join(ROOT, 'node_modules/typescript/lib/tsc.js')
