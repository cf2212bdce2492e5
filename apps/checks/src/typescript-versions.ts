import { join } from 'node:path'
import { ROOT } from './workspace.ts'

const inChecks = (name: string) => join(ROOT, `apps/checks/node_modules/${name}/lib/tsc.js`)

/** The compilers that must accept our declarations, by version, as scripts for Node. */
export const TSC = {
  '5.7': inChecks('typescript-5.7'),
  '5.9': inChecks('typescript-5.9'),
  '7.0': join(ROOT, 'node_modules/typescript/lib/tsc.js'),
} as const

export const OLDEST_TSC: string = TSC['5.7']
export const NEWEST_TSC: string = TSC['7.0']
