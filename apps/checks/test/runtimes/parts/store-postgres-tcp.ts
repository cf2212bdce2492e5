// Deliveries in PostgreSQL, reached over TCP.
import { createSender } from '@ringback/sender'
import { postgresJsDriver, postgresStore } from '@ringback/store-postgres'
import postgres from 'postgres'
import { DELIVERED, deliverOne, policy } from './deliver-one.ts'
import type { RuntimeCase } from './runtime-case.ts'

export const cases: readonly RuntimeCase[] = [
  {
    name: 'a delivery from the database',
    async run(settings) {
      const sql = postgres(settings.database, { max: 2 })
      const store = postgresStore(postgresJsDriver(sql))
      const secrets = [settings.secret]
      const sender = createSender({ store, secrets, egress: 'platform', policy })
      try {
        return await deliverOne(sender, settings)
      } finally {
        await sql.end()
      }
    },
    expected: DELIVERED,
  },
]
