import type { SqlDriver } from '@ringback/store-sqlite/sql'
import { DurableObjectError } from './errors.ts'

const CREATE = 'CREATE TABLE IF NOT EXISTS ringback_shards (count INTEGER NOT NULL) STRICT'
const READ = 'SELECT max(count) AS count FROM ringback_shards'
const WRITE = 'INSERT INTO ringback_shards VALUES (?)'

/**
 * Keeps in an object how many there are, and gives a function that compares it with the number that a Worker is told.
 *
 * @throws {DurableObjectError} with `shards`; the function, when that is fewer than before
 */
export function createShardCheck(driver: SqlDriver): (shards: number) => void {
  driver.run(CREATE)
  let known = Number(driver.get(READ)?.count ?? 0)
  return (shards) => {
    if (shards < known) {
      throw new DurableObjectError(
        'shards',
        `shards is ${shards}, and there have been ${known}: give ${known} or more, since the others may still have deliveries to send`,
      )
    }
    if (shards === known) return
    driver.run(WRITE, shards)
    known = shards
  }
}
