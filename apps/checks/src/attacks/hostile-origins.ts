import { existsSync, readdirSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { heapMegabytes } from '../heap-megabytes.ts'
import { startAttackedApi } from './attacked-api.ts'

/** The use of resources by a process that sends to ever new origins, receiver included. */
export interface OriginsReport {
  readonly sent: number
  /** At the end, and at most; 0 on a system that does not show them. */
  readonly descriptors: { readonly last: number; readonly most: number }
  /** Megabytes of the heap after a third of the deliveries, and at the end. */
  readonly heap: { readonly early: number; readonly last: number }
}

const FOLDER = '/proc/self/fd'
const BATCH = 100

/** Sends one callback to each of so many origins whose receivers keep their connections alive. */
export async function sendToOrigins(count: number): Promise<OriginsReport> {
  const api = await startAttackedApi()
  let most = 0
  let early = 0
  try {
    for (let n = 0; n < count; n += BATCH) {
      const urls = Array.from({ length: BATCH }, (_, k) => `http://h${n + k}.example:${api.port}/`)
      await Promise.all(urls.map((url) => api.ask('mallory', url)))
      while (api.waits.length < n + BATCH) await wait(5)
      most = Math.max(most, countDescriptors())
      if (early === 0 && n >= count / 3) early = heapMegabytes()
    }
    const descriptors = { last: countDescriptors(), most }
    return { sent: api.waits.length, descriptors, heap: { early, last: heapMegabytes() } }
  } finally {
    await api.close()
  }
}

function countDescriptors(): number {
  return existsSync(FOLDER) ? readdirSync(FOLDER).length : 0
}
