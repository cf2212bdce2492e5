import { createServer } from 'node:http'
import { connect } from 'node:net'
import { onTestFinished } from 'vitest'
import { type LoopbackServer, listen } from './loopback-server.ts'

/** A proxy on loopback, and the targets of its requests. */
export interface ConnectProxy extends LoopbackServer {
  readonly targets: readonly string[]
  /** The Proxy-Authorization of each request. */
  readonly credentials: readonly (string | undefined)[]
}

/** Starts a proxy for the current test; it tunnels to 127.0.0.1, whatever the name, or responds with a status instead. */
export async function connectProxy(status = 200): Promise<ConnectProxy> {
  const targets: string[] = []
  const credentials: (string | undefined)[] = []
  const server = createServer().on('connect', (request, client) => {
    targets.push(request.url ?? '')
    credentials.push(request.headers['proxy-authorization'])
    client.on('error', () => {})
    if (status !== 200) return void client.end(`HTTP/1.1 ${status} No\r\n\r\n`)
    const upstream = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n')
      upstream.pipe(client).pipe(upstream)
    })
    upstream.on('error', () => client.destroy())
  })
  const proxy = await listen(server)
  onTestFinished(() => proxy.close())
  return { ...proxy, targets, credentials }
}
