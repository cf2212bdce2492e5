import { createServer } from 'node:http'
import { callback, createApi, route } from '@ringback/core'
import { createSender, memoryStore, type Sender } from '@ringback/sender'
import { dnsResolve, guardedFetch } from '@ringback/sender/node'
import * as v from 'valibot'
import { startNameServer } from './name-server.ts'

/** An API whose users attack it, its sender, and a receiver on loopback. */
export interface AttackedApi {
  readonly sender: Sender
  /** The port of the receiver, which every name leads to. */
  readonly port: number
  /** Milliseconds from each request to its callback, for callbacks whose path is not `/hang`. */
  readonly waits: readonly number[]
  /** How many callbacks to `/hang` are without a response. */
  readonly hanging: () => number
  /** Asks for a callback to a URL, as an owner; `how` is the way in which the handler makes it. */
  ask(owner: string, url: string, how?: 'send' | 'call'): Promise<Response>
  close(): Promise<void>
}

const SECRET = `whsec_${Buffer.alloc(32, 'attack').toString('base64')}`

const changed = callback('post', '{$request.query.url}')
  .body(v.object({ askedAt: v.number() }))
  .response(200, v.object({ ok: v.boolean() }))

const change = route('post', '/changes')
  .query(v.object({ url: v.string(), how: v.picklist(['send', 'call']) }))
  .response(200, v.object({ ok: v.boolean() }))
  .callback('changed', changed)
  .handle(async (c, { callbacks }) => {
    await callbacks.changed[c.req.valid('query').how]({ askedAt: performance.now() })
    return c.json({ ok: true }, 200)
  })

/** Starts the API, with a sender in memory. */
export async function startAttackedApi(): Promise<AttackedApi> {
  const names = await startNameServer()
  const waits: number[] = []
  let hanging = 0
  const receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      if (request.url === '/hang') {
        hanging += 1
        response.once('close', () => {
          hanging -= 1
        })
        return
      }
      waits.push(performance.now() - JSON.parse(body).askedAt)
      response.setHeader('content-type', 'application/json').end('{"ok":true}')
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const { port } = receiver.address() as { readonly port: number }
  const fetch = guardedFetch({
    policy: { allowHttp: true, allow: ['127.0.0.0/8'] },
    resolve: dnsResolve({ servers: names.servers, hostsFile: '/nonexistent/hosts' }),
  })
  const sender = createSender({
    store: memoryStore(),
    secrets: [SECRET],
    fetch,
    log: false,
    grace: 1,
    retention: { count: 1000 },
  })
  const app = createApi(
    {
      info: { title: 'Attacked', version: '1.0.0' },
      sender,
      owner: (c) => c.req.header('x-owner') ?? 'nobody',
    },
    [change],
  )
  // a call beyond the limits
  app.onError((_, c) => c.text('busy', 503))
  await sender.start()
  return {
    sender,
    port,
    waits,
    hanging: () => hanging,
    async ask(owner, url, how = 'send') {
      const query = new URLSearchParams({ url, how })
      return app.request(`/changes?${query}`, { method: 'POST', headers: { 'x-owner': owner } })
    },
    async close() {
      await sender.stop()
      await fetch.close()
      receiver.closeAllConnections()
      await new Promise((resolve) => receiver.close(resolve))
      await names.close()
    },
  }
}
