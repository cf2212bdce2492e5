import { createServer } from 'node:http'

/** A receiver that responds 200 to everything, and remembers how often it was sent what. */
export interface Sink {
  readonly url: string
  /** Requests by `webhook-id`. */
  readonly received: Map<string, number>
  /** Resolves once so many have been received. */
  waitFor(count: number): Promise<void>
  stop(): Promise<void>
}

/** Starts a receiver that takes so many milliseconds for each request. */
export async function startSink(delay = 0): Promise<Sink> {
  const received = new Map<string, number>()
  const waiting = new Set<() => void>()
  const server = createServer((request, response) => {
    const id = String(request.headers['webhook-id'])
    request.resume()
    setTimeout(() => {
      received.set(id, (received.get(id) ?? 0) + 1)
      for (const check of waiting) check()
      response.end('ok')
    }, delay)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    waitFor: (count) =>
      new Promise((resolve) => {
        const check = () => {
          if (received.size < count) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
