import { connect, createServer, type Socket } from 'node:net'

/** A connection to a server that can be cut. */
export interface Cut {
  readonly url: string
  /** Lets nothing through from now on, in either direction. */
  cut(): void
  /** Resets what was cut, and lets new connections through. */
  restore(): void
  stop(): Promise<void>
}

/** Starts a proxy before the server of a URL. */
export async function startCut(serverUrl: string): Promise<Cut> {
  const target = new URL(serverUrl)
  const sockets = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('error', () => {})
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      from.on('data', (bytes) => {
        if (!isCut) to.write(bytes)
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = new URL(serverUrl)
  url.port = String(typeof address === 'object' && address !== null ? address.port : 0)
  const reset = () => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  return {
    url: url.href,
    cut() {
      isCut = true
    },
    restore() {
      reset()
      isCut = false
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        reset()
      }),
  }
}
