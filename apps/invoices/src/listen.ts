import type { Server } from 'node:http'
import { serve } from '@hono/node-server'

/** What listens, and how it ends. */
export interface Listening {
  readonly url: string
  /** Takes no more connections, and waits for the requests that are being answered. */
  close(): Promise<void>
}

/**
 * Serves an app on 127.0.0.1.
 *
 * @throws {Error} naming the port and the variable that changes it, when it is taken
 */
export function listen(
  app: { fetch(request: Request): Response | Promise<Response> },
  port: number,
  variable: string,
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (info) =>
      resolve({ url: `http://127.0.0.1:${info.port}`, close: () => close(server as Server) }),
    )
    server.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `port ${port} is taken: stop what listens there, or set ${variable} to another port`,
            )
          : error,
      ),
    )
  })
}

/** Reads a port from the environment. */
export function portOf(variable: string, fallback: number): number {
  const text = process.env[variable] ?? String(fallback)
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65535) {
    throw new Error(
      `${variable} is ${JSON.stringify(text)}, which is no port: use a number up to 65535`,
    )
  }
  return port
}

// a browser opens connections in advance, and may never send anything on them
const GRACE = 2000

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    const cutOff = setTimeout(() => server.closeAllConnections(), GRACE)
    server.close((error) => {
      clearTimeout(cutOff)
      if (error) reject(error)
      else resolve()
    })
    server.closeIdleConnections()
  })
}
