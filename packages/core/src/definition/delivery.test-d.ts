import type { DatabaseSync } from 'node:sqlite'
import { expectTypeOf, it } from 'vitest'
import type { Delivery, PreparedDelivery } from './delivery.ts'

declare const prepared: PreparedDelivery

it('gives the delivery at once on a synchronous connection, and a promise on any other', () => {
  const onSqlite = (connection: DatabaseSync) => prepared.enqueue(connection)
  expectTypeOf(onSqlite).returns.toEqualTypeOf<Delivery>()
  const onPglite = (connection: { exec(sql: string): Promise<unknown[]> }) =>
    prepared.enqueue(connection)
  expectTypeOf(onPglite).returns.toEqualTypeOf<Promise<Delivery>>()
  const onClient = (client: { query(sql: string): Promise<unknown> }) => prepared.enqueue(client)
  expectTypeOf(onClient).returns.toEqualTypeOf<Promise<Delivery>>()
})
