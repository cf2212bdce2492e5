import { askShards, findInShards, type OnShardError } from './ask-shards.ts'
import type { DeliveryStore } from './delivery-store.ts'
import type { EndpointStore } from './endpoint-store.ts'
import type { OwnerScope } from './stored-delivery.ts'

/** Where the endpoints of an owner are, and who hears of a store that is down. */
export interface ShardedEndpointsOptions {
  readonly shardOf: (owner: string) => number
  readonly onError: OnShardError
}

/** Spreads the endpoints of owners over several stores; each owner's are where its deliveries are. */
export function shardedEndpoints(
  stores: readonly [DeliveryStore, ...DeliveryStore[]],
  { shardOf, onError }: ShardedEndpointsOptions,
): EndpointStore {
  const at = (shard: number) => (stores[shard] ?? stores[0]).endpoints
  const of = (owner: string) => at(shardOf(owner))
  const among = ({ owner }: OwnerScope) =>
    owner === undefined ? [...stores.keys()] : [shardOf(owner)]

  return {
    add: (endpoint) => of(endpoint.owner).add(endpoint),
    find: (id, scope = {}) => findInShards(among(scope), (shard) => at(shard).find(id, scope)),
    async query(filter) {
      const ask = (shard: number) => at(shard).query(filter)
      const { results } = await askShards(among(filter), ask, onError)
      return results
        .flat()
        .sort((a, b) => (a.id < b.id ? 1 : -1))
        .slice(0, filter.limit ?? 100)
    },
    change: (id, change, scope = {}) =>
      findInShards(among(scope), (shard) => at(shard).change(id, change, scope)),
    remove: (id, scope = {}) => findInShards(among(scope), (shard) => at(shard).remove(id, scope)),
    publish: (message, patterns) => of(message.owner).publish(message, patterns),
    callbacks: (range) => of(range.owner).callbacks(range),
    replay: (options) => of(options.owner).replay(options),
  }
}
