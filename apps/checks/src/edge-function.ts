import { EdgeRuntime, runServer } from 'edge-runtime'
import { build } from 'esbuild'

/** A function on the runtime of Vercel's edge. */
export interface EdgeFunction {
  readonly url: string
  /** Waits for what was given to `waitUntil`. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** Starts a program, which exports a handler of requests by default, with these environment variables. */
export async function startEdgeFunction(
  program: string,
  env: Readonly<Record<string, string>>,
): Promise<EdgeFunction> {
  const waiting: Promise<unknown>[] = []
  const context = { waitUntil: (promise: Promise<unknown>) => void waiting.push(promise) }
  const runtime = new EdgeRuntime({
    initialCode: await bundle(program),
    extend: (globals) =>
      Object.assign(globals, {
        process: { env },
        // where @vercel/functions finds the request
        [Symbol.for('@vercel/request-context')]: { get: () => context },
      }),
  })
  const server = await runServer({ runtime, host: '127.0.0.1', port: 0 })
  return {
    url: server.url.replace(/\/$/, ''),
    async settle() {
      await Promise.all(waiting.splice(0))
    },
    close: () => server.close(),
  }
}

async function bundle(program: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import handle from '${program}'
        addEventListener('fetch', (event) => event.respondWith(handle(event.request)))`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    conditions: ['edge-light', 'worker', 'browser'],
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}
