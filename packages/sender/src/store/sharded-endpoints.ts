import type { DeliveryStore } from './delivery-store.ts'
import type { EndpointStore } from './endpoint-store.ts'
import type { OwnerScope } from './stored-delivery.ts'

/** Spreads the endpoints of owners over several stores; each owner's are where its deliveries are. */
export function shardedEndpoints(
  stores: readonly DeliveryStore[],
  storeOf: (owner: string) => DeliveryStore,
): EndpointStore {
  const all = stores.map(({ endpoints }) => endpoints)
  const of = (owner: string) => storeOf(owner).endpoints
  const among = ({ owner }: OwnerScope) => (owner === undefined ? all : [of(owner)])
  /** Tries one store after the other until one has the endpoint. */
  const tryEach = async <TFound>(
    scope: OwnerScope,
    find: (endpoints: EndpointStore) => Promise<TFound | undefined>,
  ): Promise<TFound | undefined> => {
    for (const endpoints of among(scope)) {
      const found = await find(endpoints)
      if (found !== undefined) return found
    }
    return undefined
  }

  return {
    add: (endpoint) => of(endpoint.owner).add(endpoint),
    find: (id, scope = {}) => tryEach(scope, (endpoints) => endpoints.find(id, scope)),
    async query(filter) {
      const pages = await Promise.all(among(filter).map((endpoints) => endpoints.query(filter)))
      return pages
        .flat()
        .sort((a, b) => (a.id < b.id ? 1 : -1))
        .slice(0, filter.limit ?? 100)
    },
    change: (id, change, scope = {}) =>
      tryEach(scope, (endpoints) => endpoints.change(id, change, scope)),
    remove: (id, scope = {}) => tryEach(scope, (endpoints) => endpoints.remove(id, scope)),
    publish: (message, patterns) => of(message.owner).publish(message, patterns),
    callbacks: (range) => of(range.owner).callbacks(range),
    replay: (options) => of(options.owner).replay(options),
  }
}
