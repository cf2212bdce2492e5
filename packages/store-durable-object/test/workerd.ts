import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Miniflare } from 'miniflare'

/** A workerd that runs a module of this folder. */
export interface Workerd {
  readonly url: string
  close(): Promise<void>
}

/** What a module is given. */
export interface WorkerdOptions {
  /** The classes of its Durable Objects, by binding. */
  readonly objects: Readonly<Record<string, string>>
  readonly bindings?: Readonly<Record<string, string>>
  /** Where the objects are kept; by default they end with the workerd. */
  readonly data?: string
}

/** Starts a workerd on loopback. */
export async function startWorkerd(
  name: string,
  { objects, bindings = {}, data }: WorkerdOptions,
): Promise<Workerd> {
  const folder = mkdtempSync(join(tmpdir(), 'workerd-'))
  const durableObjects = Object.entries(objects).map(([binding, className]) => [
    binding,
    { className, useSQLite: true },
  ])
  const miniflare = new Miniflare({
    // named, so that Miniflare does not parse it to find what it imports
    modules: [{ type: 'ESModule', path: 'worker.mjs', contents: await bundle(name) }],
    compatibilityDate: '2026-06-01',
    compatibilityFlags: ['nodejs_compat'], // the contract asserts with node:assert
    bindings,
    durableObjects: Object.fromEntries(durableObjects),
    durableObjectsPersist: data ?? folder,
    cf: false, // otherwise it downloads request.cf from Cloudflare
  })
  return {
    url: (await miniflare.ready).origin,
    async close() {
      await miniflare.dispose()
      rmSync(folder, { recursive: true, maxRetries: 5 })
    },
  }
}

async function bundle(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`${name}.ts`, import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    conditions: ['workerd', 'worker', 'browser'],
    mainFields: ['browser', 'module', 'main'],
    external: ['cloudflare:*', 'node:*'],
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}
