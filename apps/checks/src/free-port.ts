import { once } from 'node:events'
import { createServer } from 'node:net'

// below the ports that systems give to connections, which could take one before its server does
const LOWEST = 20_000
const HIGHEST = 27_000

const given = new Set<number>()

/** A port of 127.0.0.1 that nobody listens on; each call gives another. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST))
    if (given.has(port)) continue
    given.add(port)
    if (await isFree(port)) return port
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}
