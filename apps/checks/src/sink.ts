import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as it was received. */
export interface SunkRequest {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: Record<string, string | string[]>
  readonly body: string
}

/** An HTTP server that keeps the requests that it receives. */
export interface Sink {
  readonly url: string
  readonly received: readonly SunkRequest[]
  close(): Promise<void>
}

/** Listens on 127.0.0.1, and responds to every request with 200 and `{"ok":true}`. */
export async function openSink(): Promise<Sink> {
  const received: SunkRequest[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { method, url, headers } = request
    const body = Buffer.concat(chunks).toString()
    received.push({ method, url, headers: headers as SunkRequest['headers'], body })
    response.setHeader('content-type', 'application/json').end('{"ok":true}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
