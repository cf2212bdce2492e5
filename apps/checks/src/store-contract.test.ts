// Every store meets the contract, on its real engine.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DeliveryStore, memoryStore } from '@ringback/sender'
import { shardedStore } from '@ringback/sender/store'
import { sqliteStore } from '@ringback/store-sqlite'
import { type StoreFactory, storeContract } from '@ringback/testkit/node'
import { describe, it } from 'vitest'

const stores: readonly [string, StoreFactory][] = [
  ['memoryStore', (clock) => ({ store: memoryStore({ clock }) })],
  [
    'shardedStore',
    (clock) => ({
      store: shardedStore([1, 2, 3].map(() => memoryStore({ clock })) as [DeliveryStore]),
    }),
  ],
  [
    'sqliteStore',
    (clock) => {
      const folder = mkdtempSync(join(tmpdir(), 'ringback-'))
      const store = sqliteStore(join(folder, 'callbacks.db'), { clock })
      const close = () => {
        store.close()
        rmSync(folder, { recursive: true })
      }
      return { store, close }
    },
  ],
]

describe.each(stores)('%s', (_, open) => {
  it.each(storeContract(open))('$name', ({ run }) => run())
})
