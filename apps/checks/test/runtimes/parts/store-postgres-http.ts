// Deliveries in PostgreSQL, reached over HTTP.
import { neon, neonConfig } from '@neondatabase/serverless'
import { createSender } from '@ringback/sender'
import { neonDriver, postgresStore } from '@ringback/store-postgres'
import { DELIVERED, deliverOne, policy } from './deliver-one.ts'
import type { RuntimeCase } from './runtime-case.ts'

export const cases: readonly RuntimeCase[] = [
  {
    name: 'a delivery from the database',
    run(settings) {
      neonConfig.fetchEndpoint = () => settings.neon
      const store = postgresStore(
        // Neon's hosts have a dot
        neonDriver(neon(settings.database.replace('127.0.0.1', 'db.example.com'))),
      )
      const secrets = [settings.secret]
      return deliverOne(createSender({ store, secrets, egress: 'platform', policy }), settings)
    },
    expected: DELIVERED,
  },
]
