import type { RequestListener } from 'node:http'
import { onTestFinished } from 'vitest'
import type { GuardedFetch } from '../src/transport/guarded-fetch.ts'
import { type GuardedFetchOptions, guardedFetch } from '../src/transport/node/guarded-fetch.ts'
import { type LoopbackOptions, type LoopbackServer, loopbackServer } from './loopback-server.ts'

/** Starts a loopback server for the current test. */
export async function serve(
  listener?: RequestListener,
  options?: LoopbackOptions,
): Promise<LoopbackServer> {
  const server = await loopbackServer(listener, options)
  onTestFinished(() => server.close())
  return server
}

/** Makes a guarded fetch for the current test. */
export function guarded(options: GuardedFetchOptions): GuardedFetch {
  const send = guardedFetch(options)
  onTestFinished(() => send.close())
  return send
}
