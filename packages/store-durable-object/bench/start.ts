// How long a Worker takes until it is ready and has sent its first response, beside Workers that are Hono alone.
import { build } from 'esbuild'
import { Miniflare, type MiniflareOptions } from 'miniflare'

const [rounds = '9'] = process.argv.slice(2)
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const EDGE = new URL('../../../apps/edge/', import.meta.url).pathname

const HONO = `
  import { Hono } from 'hono'
  export default new Hono().post('/invoices', async (c) => {
    await c.req.json()
    return c.json({ msg: 'Invoice received' }, 200)
  })`
const HONO_WITH_OBJECT = `
  import { DurableObject } from 'cloudflare:workers'
  import { Hono } from 'hono'
  export class Callbacks extends DurableObject {
    store() { this.ctx.storage.sql.exec('CREATE TABLE IF NOT EXISTS invoice (id TEXT)') }
  }
  export default new Hono().post('/invoices', async (c) => {
    await c.req.json()
    const { CALLBACKS } = c.env
    await CALLBACKS.get(CALLBACKS.idFromName('one')).store()
    return c.json({ msg: 'Invoice received' }, 200)
  })`

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: EDGE, loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*'],
    define: { __RINGBACK_DOCUMENT__: 'false', __RINGBACK_CHECKS__: 'false' },
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}

/** Milliseconds until the first response. */
async function start(contents: string): Promise<number> {
  const options: MiniflareOptions = {
    // named, so that Miniflare does not parse it, which takes longer than all the rest
    modules: [{ type: 'ESModule', path: 'worker.mjs', contents }],
    compatibilityDate: '2026-06-01',
    bindings: { CALLBACK_SECRET: SECRET, RECEIVER_HOST: '' },
    ...(contents.includes('Callbacks') && {
      durableObjects: { CALLBACKS: { className: 'Callbacks', useSQLite: true } },
    }),
    // the operation prints a line
    handleRuntimeStdio: (stdout: NodeJS.ReadableStream) => void stdout.resume(),
    cf: false, // otherwise it downloads request.cf from Cloudflare
  }
  const begin = performance.now()
  const miniflare = new Miniflare(options)
  const { origin } = await miniflare.ready
  const response = await fetch(`${origin}/invoices?callback_url=https://receiver.example/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"id":"2expen51ve","customer":"Mr. Richie Rich","total":"9999"}',
  })
  const text = await response.text()
  if (response.status !== 200) throw new Error(text)
  const taken = performance.now() - begin
  await miniflare.dispose()
  return taken
}

const workers = new Map<string, { readonly script: string; readonly taken: number[] }>()
for (const [name, program] of [
  ['Hono', HONO],
  ['Hono, with a row in an object', HONO_WITH_OBJECT],
  ['Ringback', `export * from './src/index.ts'; export { default } from './src/index.ts'`],
] as const) {
  workers.set(name, { script: await bundle(program), taken: [] })
}
for (let round = 0; round < Number(rounds); round += 1) {
  for (const { script, taken } of workers.values()) taken.push(await start(script))
}
let bare = 0
for (const [name, { taken }] of workers) {
  const median = taken.toSorted((a, b) => a - b)[Math.floor(taken.length / 2)] ?? 0
  bare ||= median
  const ratio = (median / bare).toFixed(2)
  console.log(`${name}: ready, and first response, after ${median.toFixed(0)} ms, ${ratio} ×`)
}
