import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Clock } from '@ringback/sender'
import { playEntry, type ScriptEntry } from './play-entry.ts'
import { type ReceivedRequest, readRequest } from './received-request.ts'

/** Options of a loopback receiver. */
export interface LoopbackReceiverOptions {
  /** Measures delays and drips; by default the system's clock. */
  readonly clock?: Clock
  /** The address to listen on; `127.0.0.1` by default. */
  readonly host?: string
  /** By default a free port. */
  readonly port?: number
}

/** A receiver on a real loopback socket, with the requests that it has received. */
export interface LoopbackReceiver {
  /** Such as `http://127.0.0.1:49152`. */
  readonly url: string
  readonly port: number
  readonly requests: readonly ReceivedRequest[]
  /** How many connections were opened. */
  connections(): number
  /** Waits until so many requests have been received in all. */
  received(count: number): Promise<readonly ReceivedRequest[]>
  /** Continues with another script, from its first entry. */
  play(...script: readonly ScriptEntry[]): void
  /** Closes the port and all connections; requests that hang fail then. */
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
 * Starts a receiver that plays a script, one entry for each request, and repeats the last entry.
 *
 * @example
 * const receiver = await startReceiver([500, { hang: true }, { reset: 'before-headers' }, 204])
 * receiver.url // the callback URL of the test
 * const [first] = await receiver.received(1)
 * await receiver.close()
 */
export async function startReceiver(
  script: readonly ScriptEntry[] = [204],
  { clock = systemClock, host = '127.0.0.1', port = 0 }: LoopbackReceiverOptions = {},
): Promise<LoopbackReceiver> {
  const requests: ReceivedRequest[] = []
  const waiting = new Set<{ readonly count: number; readonly resolve: () => void }>()
  let entries = script
  let played = 0

  const server = createServer(async (request, response) => {
    // a connection that breaks within a request is not counted as one
    const received = await readRequest(request).catch(() => undefined)
    if (received === undefined) return
    const entry = entries[Math.min(played, entries.length - 1)] ?? 204
    played += 1
    requests.push(received)
    playEntry(entry, response, clock)
    for (const one of waiting) {
      if (requests.length < one.count) continue
      waiting.delete(one)
      one.resolve()
    }
  })
  const connections = trackConnections(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve)
  })
  // a server that listens on a port has an AddressInfo
  const bound = (server.address() as AddressInfo).port

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    port: bound,
    requests,
    connections: connections.count,
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
        connections.destroy()
      }),
  }
}

/** Counts the connections of a server, and can break those that are open. */
function trackConnections(server: Server) {
  const open = new Set<Socket>()
  let count = 0
  server.on('connection', (socket) => {
    count += 1
    open.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => open.delete(socket))
  })
  return {
    count: () => count,
    destroy() {
      for (const socket of open) socket.destroy()
    },
  }
}
