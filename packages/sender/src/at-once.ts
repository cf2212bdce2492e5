// `late.ts` for Workers: `#late` of the manifest. It gives the same members of modules that are loaded already.

import { createSending } from './sending.ts'
import { createMemoryEndpoints, readMemoryStats } from './store/memory/late-parts.ts'

export async function loadSending(): Promise<typeof import('./sending.ts')> {
  return { createSending }
}

export async function loadMemoryParts(): Promise<typeof import('./store/memory/late-parts.ts')> {
  return { createMemoryEndpoints, readMemoryStats }
}
