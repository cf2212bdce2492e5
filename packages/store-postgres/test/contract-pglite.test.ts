// PostgreSQL inside the process meets the contract.
import { PGlite } from '@electric-sql/pglite'
import { storeContract } from '@ringback/testkit/contract'
import { afterAll, describe, it } from 'vitest'
import { pgliteDriver, postgresStore } from '../src/index.ts'
import { emptyTables } from './empty-tables.ts'

const database = new PGlite()
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
})
