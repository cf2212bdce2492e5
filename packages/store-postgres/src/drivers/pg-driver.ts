import type { PostgresDriver, PostgresRow } from '../driver.ts'
import { stateOf } from '../errors.ts'

/** What is used of a `Client` of `pg`. */
export interface PgClient {
  query(
    text: string | { text: string; values: unknown[]; name: string },
    values?: unknown[],
  ): Promise<{ readonly rows: readonly PostgresRow[] }>
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'end', listener: () => void): unknown
  on(event: 'notification', listener: (message: { readonly channel: string }) => void): unknown
  removeListener(event: string, listener: (message: { readonly channel: string }) => void): unknown
}

/** What is used of a `Pool` of `pg`. */
export interface PgPool {
  readonly totalCount: number
  query(
    text: string | { text: string; values: unknown[]; name: string },
    values?: unknown[],
  ): Promise<{ readonly rows: readonly PostgresRow[] }>
  connect(): Promise<PgClient & { release(destroy?: boolean): void }>
  on(event: 'error', listener: (error: Error) => void): unknown
}

// the connection is another one than that which has kept the statement: nothing was run
const POOLED = ['26000', '42P05']

// several stores may share a pool
const watched = new WeakSet<PgPool | PgClient>()

/**
 * Makes a driver of a pool, or of a connected client that nothing else uses, of `pg`. A pool is the better choice: it
 * connects again after the server was away, and statements do not wait for each other.
 *
 * @example
 * const store = postgresStore(pgDriver(new Pool({ connectionString })))
 */
export function pgDriver(connection: PgPool | PgClient): PostgresDriver {
  if (!watched.has(connection)) {
    watched.add(connection)
    // without a listener, an idle connection that is lost would end the process; the next statement tells of it
    connection.on('error', () => {})
  }
  // behind a pooler in transaction mode that does not know of prepared statements, none is kept
  let isPooled = false
  const query = async (text: string, values: unknown[], name: string) => {
    try {
      return await connection.query({ text, values, name })
    } catch (error) {
      if (!POOLED.includes(stateOf(error) ?? '')) throw error
      isPooled = true
      return connection.query(text, values)
    }
  }
  return {
    async run(text, values, name) {
      const given = values && [...values]
      const isKept = given !== undefined && name !== undefined && !isPooled
      const { rows } = isKept ? await query(text, given, name) : await connection.query(text, given)
      return rows
    },
    async listen(channel, { onNotify, onLost }) {
      const { client, release } = await clientOf(connection)
      let isOver = false
      const end = (isLost: boolean) => {
        if (isOver) return
        isOver = true
        client.removeListener('notification', notified)
        client.removeListener('end', lost)
        release?.()
        if (isLost) onLost()
      }
      const lost = () => end(true)
      const notified = (message: { readonly channel: string }) => {
        if (message.channel === channel) onNotify()
      }
      client.on('error', lost)
      client.on('end', lost)
      client.on('notification', notified)
      try {
        await client.query(`LISTEN "${channel}"`)
      } catch (error) {
        end(false)
        throw error
      }
      return async () => {
        if (!release && !isOver) await client.query(`UNLISTEN "${channel}"`)
        end(false)
      }
    },
  }
}

/** A connection that stays open: one of the pool's, or the application's own. */
async function clientOf(
  connection: PgPool | PgClient,
): Promise<{ readonly client: PgClient; readonly release?: () => void }> {
  if (!isPool(connection)) return { client: connection }
  const client = await connection.connect()
  // it is not handed out again, since it listens
  return { client, release: () => client.release(true) }
}

function isPool(connection: object): connection is PgPool {
  return 'totalCount' in connection
}
