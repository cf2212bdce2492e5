// PostgreSQL inside the process meets the contract.
import { PGlite } from '@electric-sql/pglite'
import { storeContract } from '@ringback/testkit/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pgliteDriver, postgresStore } from '../src/index.ts'
import { emptyTables } from './empty-tables.ts'
import { makeDelivery } from './make-delivery.ts'

const database = new PGlite()
// it compiles a server
beforeAll(() => database.waitReady, 60_000)
afterAll(() => database.close())

const driver = pgliteDriver(database)
describe('postgresStore on PGlite', () => {
  const open = async (clock: { now(): number }) => {
    const store = postgresStore(driver, { clock })
    await store.migrate()
    await emptyTables(driver)
    return { store }
  }
  it.each(storeContract(open))('$name', ({ run }) => run())

  it('stores a delivery in a transaction of PGlite, or rolls it back with that', async () => {
    const own = postgresStore(driver, { schema: 'own' })
    await own.migrate()
    const write = (id: string, fails: boolean) =>
      database.transaction(async (tx) => {
        await own.enqueueIn(tx, makeDelivery(id))
        if (fails) throw new Error('undone')
      })
    await expect(write('msg_1', true)).rejects.toThrow('undone')
    await write('msg_2', false)
    expect((await own.query()).map(({ id }) => id)).toEqual(['msg_2'])
    await expect(own.enqueueIn(database, makeDelivery('msg_3'))).rejects.toMatchObject({
      code: 'transaction',
    })
  })
})
