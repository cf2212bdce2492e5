import assert from 'node:assert/strict'
import type { StatsFilter } from '@ringback/sender'
import type { Scene } from './scene.ts'

/** Gives what the store has counted, in the order of keys. */
export async function readStats({ store }: Scene, filter: Partial<StatsFilter> = {}) {
  assert.ok(store.stats)
  const { counts, ...rest } = await store.stats({ since: 1000, ...filter })
  return { ...rest, counts: Object.fromEntries([...counts].sort()) }
}
