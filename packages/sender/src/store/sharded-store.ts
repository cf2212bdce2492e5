import { SenderError } from '../errors.ts'
import { askShards, eraseFromShards, findInShards } from './ask-shards.ts'
import type {
  ClaimOptions,
  ClaimResult,
  DeliveryFilter,
  DeliveryRecord,
  DeliveryStore,
  OwnerScope,
} from './delivery-store.ts'
import { shardedEndpoints } from './sharded-endpoints.ts'
import { joinHealth } from './stats/store-health.ts'
import { addStats, type StatsFilter, type StoredStats } from './stats/stored-stats.ts'
import { takeInTurns } from './turns.ts'

/** A store of several stores, which tells of those that are down. */
export interface ShardedStoreOptions {
  /**
   * Called with the error of a store that is down, while the others are claimed from, listed or counted. The console, by
   * default.
   */
  readonly onError?: (error: unknown, shard: number) => void
}

/**
 * Spreads owners over several stores of any kind, such as files or databases, by a hash of their name. The order and
 * number of the stores must stay the same, since each owner's deliveries stay where they are. A store that is down
 * stops its owners, and nobody else; it is claimed from again with the next claim. An operation that names no owner
 * asks all stores: what is listed or counted then lacks the stores that are down, and a delivery that none of the others
 * has is not known to be missing, so that the operation rejects.
 *
 * @example
 * const store = shardedStore([sqliteStore('data/0.db'), sqliteStore('data/1.db')])
 *
 * @throws {SenderError} with `option` for what is no list of stores
 */
export function shardedStore(
  stores: readonly [DeliveryStore, ...DeliveryStore[]],
  {
    onError = (error, shard) => console.error(`ringback: store ${shard} fails`, error),
  }: ShardedStoreOptions = {},
): DeliveryStore {
  checkStores(stores)
  const [first] = stores
  const all = [...stores.keys()]
  const shardOf = (owner: string) => hash(owner) % stores.length
  const of = (owner: string): DeliveryStore => stores[shardOf(owner)] ?? first
  const among = ({ owner }: OwnerScope) => (owner === undefined ? all : [shardOf(owner)])
  let turn = 0

  const ask =
    <TResult>(method: (store: DeliveryStore) => Promise<TResult>) =>
    (shard: number) =>
      method(stores[shard] ?? first)

  const claim = async ({ limit, ...options }: ClaimOptions): Promise<ClaimResult> => {
    const claimFrom = async (shard: number, share: number): Promise<ClaimResult> => {
      try {
        return (await stores[shard]?.claim({ ...options, limit: share })) ?? NOTHING
      } catch (error) {
        onError(error, shard)
        return NOTHING
      }
    }
    // whoever was first is last the next time
    turn += 1
    const shards = [...stores.keys()].map((index) => (index + turn) % stores.length)
    const shares = new Map<number, number>()
    takeInTurns(shards, { limit }, (shard, most) => {
      shares.set(shard, (shares.get(shard) ?? 0) + most)
      return most
    })
    const results = await Promise.all(
      shards.map((shard) => claimFrom(shard, shares.get(shard) ?? 0)),
    )
    // what some have left is for those that have more
    let free = limit - results.reduce((total, { deliveries }) => total + deliveries.length, 0)
    for (const [index, shard] of shards.entries()) {
      if (free === 0 || results[index]?.nextIn !== 0) continue
      const more = await claimFrom(shard, free)
      free -= more.deliveries.length
      const { deliveries, swept } = results[index] ?? NOTHING
      results[index] = merge([{ deliveries, swept }, more])
    }
    return merge(results)
  }

  const health = async () => {
    const tell = ask(async (store) => (await store.health?.()) ?? {})
    return joinHealth(await askShards(all, tell, onError))
  }

  const stats = async (filter: StatsFilter) => {
    const count = ask((store) => store.stats?.(filter) ?? Promise.reject(new Error('no stats')))
    const { results, missing } = await askShards(among(filter), count, onError)
    // one at least has responded
    const sum = addStats(results as [StoredStats, ...StoredStats[]])
    return missing.length > 0 ? { ...sum, missing } : sum
  }

  return {
    sendsByItself: stores.every(({ sendsByItself }) => sendsByItself),
    enqueue: (delivery, attempts) => of(delivery.owner).enqueue(delivery, attempts),
    claim,
    commit: (claimed, ...rest) => of(claimed.owner).commit(claimed, ...rest),
    extend: (claimed, lease) => of(claimed.owner).extend(claimed, lease),
    cancel: (id, scope = {}) =>
      findInShards(
        among(scope),
        ask((store) => store.cancel(id, scope)),
      ),
    redrive: (id, scope = {}) =>
      findInShards(
        among(scope),
        ask((store) => store.redrive(id, scope)),
      ),
    find: (id) =>
      findInShards(
        all,
        ask((store) => store.find(id)),
      ),
    async query(filter: DeliveryFilter = {}) {
      const page = ask((store) => store.query(filter))
      const { results } = await askShards(among(filter), page, onError)
      const records: DeliveryRecord[] = results.flat()
      return records.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, filter.limit ?? 100)
    },
    erase: (options) =>
      eraseFromShards(among(options), options, (shard, limit) =>
        ask((store) => store.erase({ ...options, ...limit }))(shard),
      ),
    keepExchange: (exchange) => of(exchange.owner).keepExchange(exchange),
    findExchange: (place) => of(place.owner).findExchange(place),
    eraseExchanges: (options) =>
      eraseFromShards(among(options), options, (shard, limit) =>
        ask((store) => store.eraseExchanges({ ...options, ...limit }))(shard),
      ),
    ...(stores.every((store) => store.stats) && { stats }),
    ...(stores.every((store) => store.health) && { health }),
    endpoints: shardedEndpoints(stores, { shardOf, onError }),
    async flush() {
      await Promise.all(stores.map((store) => store.flush?.()))
    },
    onWake(wake) {
      const ends = stores.map((store) => store.onWake?.(wake))
      return () => {
        for (const end of ends) end?.()
      }
    },
  }
}

function checkStores(stores: unknown): void {
  const isStore = (one: unknown) => typeof Reflect.get(Object(one), 'enqueue') === 'function'
  if (Array.isArray(stores) && stores.length > 0 && stores.every(isStore)) return
  throw new SenderError(
    'option',
    'shardedStore takes a list of one store or more: shardedStore([sqliteStore(…), sqliteStore(…)])',
  )
}

const NOTHING: ClaimResult = { deliveries: [], swept: [] }

function merge(results: readonly ClaimResult[]): ClaimResult {
  const waits = results.flatMap(({ nextIn }) => (nextIn === undefined ? [] : [nextIn]))
  return {
    deliveries: results.flatMap(({ deliveries }) => deliveries),
    swept: results.flatMap(({ swept }) => swept),
    ...(waits.length > 0 && { nextIn: Math.min(...waits) }),
  }
}

/** FNV-1a over UTF-16: it never changes, since it says where the deliveries of an owner are. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  return value >>> 0
}
