import type { EndpointStore, OwnerScope } from '@ringback/sender'
import { checkSize } from './check-size.ts'
import type { EndpointMethod, ObjectEndpoints } from './store-call.ts'

/** Calls a method on the endpoints of an object. */
export type CallEndpoints = <TMethod extends EndpointMethod>(
  shard: number,
  method: TMethod,
  ...args: Parameters<ObjectEndpoints[TMethod]>
) => ReturnType<ObjectEndpoints[TMethod]>

/** Where the objects are, and how they are asked. */
export interface ObjectEndpointsOptions {
  readonly callEndpoints: CallEndpoints
  readonly ownOf: (owner: string) => number
  readonly all: readonly number[]
  /** Asks the owner's object, then those before it. */
  readonly askUntilFound: <TFound>(
    scope: OwnerScope,
    ask: (shard: number) => Promise<TFound | undefined>,
  ) => Promise<TFound | undefined>
}

/**
 * Makes the registered endpoints of a store in Durable Objects. All of an owner's are in one object: the one that had the
 * first of them, while there may have been fewer objects.
 */
export function createObjectEndpoints(options: ObjectEndpointsOptions): EndpointStore {
  const { callEndpoints: call, ownOf, all, askUntilFound } = options
  const homeOf = async (owner: string): Promise<number> => {
    const home = await askUntilFound({ owner }, async (shard) => {
      const found = await call(shard, 'query', { owner, limit: 1 })
      return found.length > 0 ? shard : undefined
    })
    return home ?? ownOf(owner)
  }
  const amongOf = ({ owner }: OwnerScope) =>
    owner === undefined ? all : all.slice(0, ownOf(owner) + 1)

  return {
    add: async (endpoint) => call(await homeOf(endpoint.owner), 'add', endpoint),
    find: (id, scope = {}) => askUntilFound(scope, (shard) => call(shard, 'find', id, scope)),
    async query(filter) {
      const pages = await Promise.all(amongOf(filter).map((shard) => call(shard, 'query', filter)))
      return pages
        .flat()
        .sort((a, b) => (a.id < b.id ? 1 : -1))
        .slice(0, filter.limit ?? 100)
    },
    change: (id, change, scope = {}) =>
      askUntilFound(scope, (shard) => call(shard, 'change', id, change, scope)),
    remove: (id, scope = {}) => askUntilFound(scope, (shard) => call(shard, 'remove', id, scope)),
    async publish(message, patterns) {
      checkSize(message)
      const { owner } = message
      const published = await askUntilFound({ owner }, (shard) =>
        call(shard, 'tryPublish', message, patterns),
      )
      return published ?? call(ownOf(owner), 'publish', message, patterns)
    },
    async callbacks(range) {
      const names = await Promise.all(
        amongOf(range).map((shard) => call(shard, 'callbacks', range)),
      )
      return [...new Set(names.flat())]
    },
    async replay(given) {
      const { owner } = given
      const replayed = await askUntilFound({ owner }, async (shard) => {
        const result = await call(shard, 'replay', given)
        return result.count > 0 ? result : undefined
      })
      return replayed ?? { count: 0 }
    },
  }
}
