import type { ShardResults } from '../ask-shards.ts'
import type { StoredStats } from './stored-stats.ts'

/** What a store tells a readiness probe, without counting. */
export type StoreHealth = Pick<StoredStats, 'oldestDue' | 'missing'>

/** Gives what several stores tell, of which some have not responded. */
export function joinHealth({ results, missing }: ShardResults<StoreHealth>): StoreHealth {
  const ages = results.flatMap(({ oldestDue }) => (oldestDue === undefined ? [] : [oldestDue]))
  return {
    ...(ages.length > 0 && { oldestDue: Math.max(...ages) }),
    ...(missing.length > 0 && { missing }),
  }
}
