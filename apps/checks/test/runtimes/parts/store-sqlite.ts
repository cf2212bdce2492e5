// Deliveries in a file.
import { createSender } from '@ringback/sender'
import { sqliteStore } from '@ringback/store-sqlite'
import { DELIVERED, deliverOne, policy } from './deliver-one.ts'
import type { RuntimeCase } from './runtime-case.ts'

export const cases: readonly RuntimeCase[] = [
  {
    name: 'a delivery from a file, which has it later as well',
    async run(settings) {
      const path = `${settings.folder}/suite.db`
      const store = sqliteStore(path)
      const secrets = [settings.secret]
      const delivered = await deliverOne(
        createSender({ store, secrets, egress: 'platform', policy }),
        settings,
      )
      store.close()
      const again = sqliteStore(path)
      const [kept] = await again.query({})
      again.close()
      return [delivered, kept?.state]
    },
    expected: [DELIVERED, 'delivered'],
  },
]
