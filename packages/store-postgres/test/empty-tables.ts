import type { PostgresDriver } from '../src/index.ts'

const NAMES = [
  'message',
  'queue',
  'sending',
  'ended',
  'attempt',
  'endpoint',
  'owner',
  'signal',
  'exchange',
  'subscription',
  'publication',
  'count',
  'recent_count',
]

/** Empties the tables of a store. */
export async function emptyTables({ run }: PostgresDriver, schema = 'ringback'): Promise<void> {
  for (const name of NAMES) await run(`DELETE FROM "${schema}".${name}`)
  await run(`UPDATE "${schema}".turn SET last = 0`)
}
