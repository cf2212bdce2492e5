import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface LoopbackServer {
  readonly port: number
  readonly url: string
  /** How many sockets were ever accepted. */
  connections(): number
  close(): Promise<void>
}

export interface LoopbackOptions {
  readonly host?: string
  readonly port?: number
}

/**
 * Starts an HTTP server that only this machine reaches, on a free port.
 *
 * @example
 * const server = await loopbackServer((_request, response) => response.end('ok'))
 * await fetch(server.url)
 * server.connections() // 1
 * await server.close()
 */
export function loopbackServer(
  listener: RequestListener = (_request, response) => response.end('ok'),
  options: LoopbackOptions = {},
): Promise<LoopbackServer> {
  return listen(createServer(listener), options)
}

/** Starts any HTTP server, one with TLS for example, and counts its connections. */
export async function listen(
  server: Pick<Server, keyof Server>,
  { host = '127.0.0.1', port = 0 }: LoopbackOptions = {},
): Promise<LoopbackServer> {
  let connections = 0
  server.on('connection', () => {
    connections += 1
  })

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve)
  })

  const bound = (server.address() as AddressInfo).port
  return {
    port: bound,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/`,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
