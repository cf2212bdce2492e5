import { once } from 'node:events'
import { createServer } from 'node:net'

// below the range from which systems choose ports of outgoing connections
const LOWEST = 20_000
const HIGHEST = 27_000

const given = new Set<number>()

/** Finds a port of 127.0.0.1 that is not in use; each call gives another. */
export async function findFreePort(): Promise<number> {
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
