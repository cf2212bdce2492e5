import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ConfigBuilder, runServer } from 'verdaccio'
import { PNPM } from './pack.ts'
import { requireBuilt } from './require-built.ts'
import { runNode } from './run-node.ts'
import { membersOf, ROOT } from './workspace.ts'

/** A registry on loopback, with a folder of its own. */
export interface LocalRegistry {
  readonly url: string
  /** Publishes every package, as a release does. */
  publish(): Promise<void>
  close(): Promise<void>
}

/** Starts a registry that has nothing, and asks no other. */
export async function openLocalRegistry(): Promise<LocalRegistry> {
  const folder = mkdtempSync(join(tmpdir(), 'ringback-registry-'))
  const config = {
    configPath: join(folder, 'config.yaml'),
    storage: join(folder, 'storage'),
    uplinks: {},
    packages: { '**': { access: '$all', publish: '$all' } },
    web: { enable: false },
    log: { type: 'stdout', level: 'error' },
    max_body_size: '50mb',
  }
  // its type demands what its defaults have
  const server: Server = await runServer(
    config as unknown as ReturnType<ConfigBuilder['getConfig']>,
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const url = `http://${host}/`

  return {
    url,
    async publish() {
      requireBuilt(membersOf('packages'))
      const userconfig = join(folder, 'npmrc')
      writeFileSync(userconfig, `//${host}/:_authToken=anybody\n`)
      await runNode(
        [
          PNPM,
          '--recursive',
          '--filter',
          './packages/*',
          'publish',
          '--no-git-checks',
          '--registry',
          url,
        ],
        { cwd: ROOT, env: { NPM_CONFIG_USERCONFIG: userconfig }, timeout: 180_000 },
      )
    },
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
      rmSync(folder, { recursive: true })
    },
  }
}
