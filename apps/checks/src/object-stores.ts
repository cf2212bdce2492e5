import { fileURLToPath } from 'node:url'
import type { DeliveryStore } from '@ringback/sender'
import { Miniflare } from 'miniflare'
import { readJson, writeJson } from '../test/durable-object/json-bytes.ts'
import type { ObjectCall } from '../test/durable-object/store-worker.ts'
import { bundleWorker } from './bundle-worker.ts'

/** Stores in Durable Objects, whose methods are called from outside of workerd. */
export interface ObjectStores {
  /** Opens a store of its own, whose object goes by this clock. */
  open(clock: { now(): number }): DeliveryStore
  close(): Promise<void>
}

const WORKER = fileURLToPath(new URL('../test/durable-object/store-worker.ts', import.meta.url))

/** Starts a workerd for them. */
export async function objectStores(): Promise<ObjectStores> {
  const miniflare = new Miniflare({
    modules: [{ type: 'ESModule', path: 'worker.mjs', contents: await bundleWorker(WORKER) }],
    compatibilityDate: '2026-06-01',
    durableObjects: { STORE: { className: 'Store', useSQLite: true } },
    cf: false, // otherwise it downloads request.cf from Cloudflare
  })
  const { origin } = await miniflare.ready
  let opened = 0

  const call = async ({ name, ...rest }: ObjectCall) => {
    const response = await fetch(`${origin}/${name}`, { method: 'POST', body: writeJson(rest) })
    if (!response.ok) throw new Error(`the object has failed: ${await response.text()}`)
    return readJson(await response.text())
  }

  return {
    open(clock) {
      opened += 1
      const name = String(opened)
      // each member that is asked for is a method of the object
      return new Proxy({} as DeliveryStore, {
        get: (_, method: string) =>
          method === 'then'
            ? undefined
            : (...args: unknown[]) => call({ name, now: clock.now(), method, args }),
      })
    },
    close: () => miniflare.dispose(),
  }
}
