import type { EndpointStore } from '@ringback/sender'
import type { StoreClock } from '@ringback/sender/store'
import { type CallbackTables, connectTables } from './callback-tables.ts'
import { preparePublications } from './publish.ts'
import { createQueues } from './queues.ts'
import { prepareRegisteredEndpoints } from './registered-endpoints.ts'
import type { SqlDriver } from './sql-driver.ts'

/** All tables of deliveries, registered endpoints included. */
export interface DeliveryTables extends CallbackTables {
  readonly endpoints: EndpointTables
}

/** The methods on registered endpoints, and what is published to them. `find`, `query` and `callbacks` only read. */
export type EndpointTables = {
  readonly [TMethod in Exclude<keyof EndpointStore, 'publishIn'>]: (
    ...args: Parameters<EndpointStore[TMethod]>
  ) => Awaited<ReturnType<EndpointStore[TMethod]>>
}

/** Creates the methods on tables that `migrate` has brought to this version. */
export function createDeliveryTables(driver: SqlDriver, clock: StoreClock): DeliveryTables {
  const queues = createQueues(driver)
  const registered = prepareRegisteredEndpoints(driver, queues)
  const publications = preparePublications(driver, queues)
  return {
    ...connectTables(driver, clock, { queues, registered }),
    endpoints: {
      add: registered.add,
      find: (id, scope = {}) => registered.find(id, scope, clock.now()),
      query: (filter) => registered.query(filter, clock.now()),
      change: (id, change, scope = {}) =>
        registered.change(id, change, { scope, now: clock.now() }),
      remove: (id, scope = {}) => registered.remove(id, scope, clock.now()),
      publish: (message, patterns) => publications.publish(message, patterns, clock.now()),
      callbacks: publications.callbacks,
      replay: (options) => publications.replay(options, clock.now()),
    },
  }
}
