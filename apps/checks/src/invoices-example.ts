import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DeliveryRecord } from '@ringback/sender'
import { sqliteStore } from '@ringback/store-sqlite'
import type { ReceivedRequest } from 'invoices/src/external.ts'
import { type Child, startChild } from './child.ts'
import { eventually } from './eventually.ts'
import { findFreePort } from './find-free-port.ts'

/** The invoices example, with its own ports, database and secret. */
export interface InvoicesExample {
  readonly secret: string
  /** The URL of the invoices API. */
  readonly api: string
  /** The URL of the external developer's API. */
  readonly external: string
  /** Starts both processes as `npm start` does, without waiting. */
  launch(): Child
  /** Starts both processes, and waits until both are ready. */
  start(): Promise<Child>
  startApi(): Promise<Child>
  startExternal(): Promise<Child>
  /** The requests that the external API has received. */
  received(): Promise<readonly ReceivedRequest[]>
  /** The deliveries in the database, newest first. */
  deliveries(): Promise<readonly DeliveryRecord[]>
  /** Ends all processes, and removes the database. */
  end(): Promise<void>
}

const SECRET = `whsec_${Buffer.alloc(32, 'invoices').toString('base64')}`

/** Prepares the example; nothing is started. */
export async function invoicesExample(): Promise<InvoicesExample> {
  const folder = await mkdtemp(join(tmpdir(), 'invoices-'))
  const database = join(folder, 'data', 'callbacks.db')
  const [port, externalPort] = [await findFreePort(), await findFreePort()]
  const api = `http://127.0.0.1:${port}`
  const external = `http://127.0.0.1:${externalPort}`
  const children: Child[] = []

  const launch = (file: string): Child => {
    const child = startChild(process.execPath, [sourceOf(file)], {
      cwd: folder,
      env: {
        PORT: String(port),
        EXTERNAL_PORT: String(externalPort),
        DATABASE: database,
        CALLBACK_SECRET: SECRET,
      },
    })
    children.push(child)
    return child
  }
  const launchAndAwait = async (file: string, url: string): Promise<Child> => {
    const child = launch(file)
    await eventually(
      () => `${file} listens; it has printed\n${child.lines.join('\n')}`,
      () => fetch(url).catch(() => undefined),
    )
    return child
  }

  return {
    secret: SECRET,
    api,
    external,
    launch: () => launch('start.ts'),
    async start() {
      const child = launch('start.ts')
      await child.line(/^The invoices API is ready: /)
      return child
    },
    startApi: () => launchAndAwait('api.ts', `${api}/openapi.json`),
    startExternal: () => launchAndAwait('external-process.ts', `${external}/received`),
    async received() {
      const response = await fetch(`${external}/received`)
      return (await response.json()) as ReceivedRequest[]
    },
    async deliveries() {
      const store = sqliteStore(database)
      const deliveries = await store.query()
      store.close()
      return deliveries
    },
    async end() {
      await Promise.all(children.map((child) => child.end()))
      await rm(folder, { recursive: true })
    },
  }
}

function sourceOf(file: string): string {
  return fileURLToPath(new URL(`../../invoices/src/${file}`, import.meta.url))
}
