import type { Server } from 'node:http'
import { serve } from '@hono/node-server'

/** A server that listens. */
export interface Listening {
  readonly url: string
  /** Accepts no more connections, and waits for the requests in progress. */
  close(): Promise<void>
}

/**
 * Serves an app on 127.0.0.1.
 *
 * @throws {Error} naming the port and the variable that changes it, when the port is in use
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
              `port ${port} is in use: stop the server that listens there, or set ${variable} to another port`,
            )
          : error,
      ),
    )
  })
}

/**
 * Reads a port from the environment.
 *
 * @throws {Error} naming the variable, when its value is not a port
 */
export function readPort(variable: string, fallback: number): number {
  const text = process.env[variable] ?? String(fallback)
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65535) {
    throw new Error(
      `${variable} is ${JSON.stringify(text)}, which is not a port: set it to a number from 0 to 65535`,
    )
  }
  return port
}

// a browser opens connections in advance, and may never send a request on them
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
