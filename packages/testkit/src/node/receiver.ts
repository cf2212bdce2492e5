import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Clock } from '@ringback/sender'
import { type Play, play } from './play.ts'
import { type ReceivedRequest, readRequest } from './received-request.ts'

/** Options of a receiver. */
export interface ReceiverOptions {
  /** What delays and drips are measured with; by default the system's clock. */
  readonly clock?: Clock
  /** The address that it listens on; `127.0.0.1` by default. */
  readonly host?: string
  /** By default a free one. */
  readonly port?: number
}

/** A receiver on a real loopback socket, and what it got. */
export interface Receiver {
  /** As `http://127.0.0.1:49152`. */
  readonly url: string
  readonly port: number
  readonly requests: readonly ReceivedRequest[]
  /** How many connections were opened. */
  connections(): number
  /** Waits until so many requests have come, in all. */
  received(count: number): Promise<readonly ReceivedRequest[]>
  /** Goes on with another script, from its first entry. */
  play(...script: readonly Play[]): void
  /** Closes its port and breaks what is open; requests that hang fail then. */
  close(): Promise<void>
}

const systemClock: Clock = {
  now: () => Date.now(),
  after(delay, wake) {
    const timer = setTimeout(wake, delay)
    return () => clearTimeout(timer)
  },
}

/**
 * Starts a receiver that plays a script, one entry a request, and repeats the last one.
 *
 * @example
 * const receiver = await startReceiver([500, { hang: true }, { reset: 'before-headers' }, 204])
 * receiver.url // the callback URL of the test
 * const [first] = await receiver.received(1)
 * await receiver.close()
 */
export async function startReceiver(
  script: readonly Play[] = [204],
  { clock = systemClock, host = '127.0.0.1', port = 0 }: ReceiverOptions = {},
): Promise<Receiver> {
  const requests: ReceivedRequest[] = []
  const sockets = new Set<Socket>()
  const waiting = new Set<{ readonly count: number; readonly resolve: () => void }>()
  let connections = 0
  let entries = script
  let played = 0

  const server = createServer(async (request, response) => {
    // a connection that breaks in the middle of a request is no request
    const received = await readRequest(request).catch(() => undefined)
    if (received === undefined) return
    const entry = entries[Math.min(played, entries.length - 1)] ?? 204
    played += 1
    requests.push(received)
    play(entry, response, clock)
    for (const one of waiting) {
      if (requests.length < one.count) continue
      waiting.delete(one)
      one.resolve()
    }
  })
  server.on('connection', (socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve)
  })
  const bound = (server.address() as AddressInfo).port

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    port: bound,
    requests,
    connections: () => connections,
    async received(count) {
      if (requests.length < count) {
        await new Promise<void>((resolve) => waiting.add({ count, resolve }))
      }
      return requests
    },
    play(...next) {
      entries = next
      played = 0
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
