import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'

/** A receiver on a real loopback socket that responds with bytes, and keeps the bytes that it receives. */
export interface Sink {
  readonly url: string
  /** The requests, each as the bytes received. */
  readonly requests: string[]
  /** Continues with other plays. */
  play(...plays: readonly Play[]): void
  /** Writes to every connection that is open. */
  say(bytes: string): void
  /** How many connections were opened. */
  connections(): number
  close(): Promise<void>
}

/** What the sink does with one request: responds with bytes, resets the connection, or lets it hang. */
export type Play =
  | string
  | { readonly reset: true }
  | { readonly hang: true; readonly start?: string }

/** Makes the bytes of a response, with or without a body. */
export function response(status: number, headers: Record<string, string> = {}, body = ''): string {
  const fields = { 'content-length': String(body.length), ...headers }
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} X\r\n${lines.join('')}\r\n${body}`
}

/** Starts a sink that plays these in turn, and repeats the last one. */
export async function sink(...plays: readonly Play[]): Promise<Sink> {
  const requests: string[] = []
  let script = plays
  let played = 0
  const sockets = new Set<Socket>()
  let connections = 0

  const server = createServer((socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    let received = ''
    socket.setEncoding('latin1')
    socket.on('data', (chunk) => {
      received += chunk
      const end = received.indexOf('\r\n\r\n')
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0)
      if (end < 0 || received.length < end + 4 + length) return
      requests.push(received)
      received = ''
      played += 1
      const play = script[Math.min(played, script.length) - 1] ?? response(204)
      if (typeof play === 'string') socket.write(play, 'latin1')
      else if ('reset' in play) socket.resetAndDestroy()
      else if (play.start !== undefined) socket.write(play.start)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    play(...next) {
      script = next
      played = 0
    },
    say(bytes) {
      for (const socket of sockets) socket.write(bytes, 'latin1')
    },
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
