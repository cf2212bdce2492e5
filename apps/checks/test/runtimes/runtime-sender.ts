import { createSender, memoryStore, type Sender } from '@ringback/sender'

const policy = { allowHttp: true, allow: ['127.0.0.1'] }

/**
 * Makes the sender of a process: with DATABASE as the tutorial has it, with SQLite and the guarded fetch;
 * else of what every runtime brings along, a store in memory and the platform's fetch.
 */
export async function runtimeSender(): Promise<Sender> {
  const { CALLBACK_SECRET = '', DATABASE } = process.env
  const secrets = [CALLBACK_SECRET]
  if (DATABASE === undefined) {
    return createSender({ store: memoryStore(), secrets, egress: 'platform', policy })
  }

  // imported here: the portable half must run without node: modules
  const { guardedFetch } = await import('@ringback/sender/node')
  const { sqliteStore } = await import('@ringback/store-sqlite')
  return createSender({ store: sqliteStore(DATABASE), secrets, fetch: guardedFetch({ policy }) })
}
