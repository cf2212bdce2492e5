// How long a Worker takes until it is ready and has sent its first response, beside Workers that are Hono alone: on the
// clock, and of workerd's processor, which a busy machine changes less.
import { build } from 'esbuild'
import { Miniflare, type MiniflareOptions } from 'miniflare'
import { readCpu } from './read-cpu.ts'

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
    define: {
      __RINGBACK_DOCUMENT__: 'false',
      __RINGBACK_CHECKS__: 'false',
      __RINGBACK_WEBHOOKS__: 'false',
      __RINGBACK_OTHER_SCHEMAS__: 'false',
    },
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}

/** Milliseconds. */
interface Start {
  readonly taken: number
  readonly cpu: number
}

/** Starts a Worker, and waits for its first response. */
async function start(contents: string): Promise<Start> {
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
  const done = { taken: performance.now() - begin, cpu: readCpu() }
  await miniflare.dispose()
  return done
}

const workers = new Map<string, { readonly script: string; readonly starts: Start[] }>()
for (const [name, program] of [
  ['Hono', HONO],
  ['Hono, with a row in an object', HONO_WITH_OBJECT],
  ['Ringback', `export * from './src/index.ts'; export { default } from './src/index.ts'`],
] as const) {
  workers.set(name, { script: await bundle(program), starts: [] })
}
for (let round = 0; round < Number(rounds); round += 1) {
  for (const { script, starts } of workers.values()) starts.push(await start(script))
}

const medianOf = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
let bare: Start | undefined
for (const [name, { starts }] of workers) {
  const taken = medianOf(starts.map((one) => one.taken))
  const cpu = medianOf(starts.map((one) => one.cpu))
  bare ??= { taken, cpu }
  console.log(
    `${name}: ready, and first response, after ${taken.toFixed(0)} ms, ${(taken / bare.taken).toFixed(2)} ×; ${cpu.toFixed(0)} ms of the processor, ${(cpu / bare.cpu).toFixed(2)} ×`,
  )
}
