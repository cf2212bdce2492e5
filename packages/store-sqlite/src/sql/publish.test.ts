import { DatabaseSync } from 'node:sqlite'
import type { StoredEndpoint, StoredMessage } from '@ringback/sender'
import { createStoreClock } from '@ringback/sender/store'
import { expect, it } from 'vitest'
import { createNodeDriver } from '../node/node-driver.ts'
import { createDeliveryTables } from './delivery-tables.ts'
import { migrate } from './migrate.ts'

const ENDPOINTS = 50

it.each([undefined, 'lane'])(
  'writes an endpoint that has something to send already no more, with the orderKey %s',
  (orderKey) => {
    const database = new DatabaseSync(':memory:')
    const driver = createNodeDriver(database)
    migrate(driver, 'of this test')
    const time = { at: 1000 }
    const tables = createDeliveryTables(driver, createStoreClock({ now: () => time.at }))
    for (let index = 0; index < ENDPOINTS; index += 1) {
      const id = `ep_${String(index).padStart(32, '0')}`
      const times = { createdAt: 1000, updatedAt: 1000 }
      const endpoint: StoredEndpoint = {
        ...{ id, owner: 'ann', url: 'https://ann.example/', events: ['*'], state: 'enabled' },
        ...{ keys: [{ generation: 1 }], ...times },
      }
      tables.change(() => tables.endpoints.add(endpoint))
    }
    const rowsOf = (id: string, change: Partial<StoredMessage> = {}) => {
      const before = Number(driver.get('SELECT total_changes() AS n')?.n)
      const message: StoredMessage = {
        ...{ id, owner: 'ann', operationId: '', callback: 'paid', method: 'post' },
        ...{ createdAt: time.at, payload: new Uint8Array(1), ...(orderKey && { orderKey }) },
        ...change,
      }
      expect(tables.change(() => tables.endpoints.publish(message, ['*'])).count).toBe(ENDPOINTS)
      return Number(driver.get('SELECT total_changes() AS n')?.n) - before
    }
    const first = rowsOf('msg_1', { dueAt: 5000 })
    time.at = 2000
    // due before what waits
    if (orderKey === undefined) expect(rowsOf('msg_2')).toBeGreaterThanOrEqual(first - 1)
    else rowsOf('msg_2')
    time.at = 3000
    expect(rowsOf('msg_3')).toBeLessThanOrEqual(first - ENDPOINTS)
    const due = database.prepare('SELECT DISTINCT ready_at FROM ringback_endpoint').all()
    expect(due).toEqual([{ ready_at: orderKey === undefined ? 2000 : 5000 }])
    database.close()
  },
)
