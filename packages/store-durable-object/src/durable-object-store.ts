import type { Delivery, DeliveryRecord, DeliveryStore, OwnerScope } from '@ringback/sender'
import {
  addStats,
  askShards,
  eraseFromShards,
  joinHealth,
  type StoredStats,
} from '@ringback/sender/store'
import { checkSize } from './check-size.ts'
import { chooseShard } from './choose-shard.ts'
import { DurableObjectError } from './errors.ts'
import { leftOutEndpoints } from './left-out-endpoints.ts'
import { type CallEndpoints, createObjectEndpoints } from './object-endpoints.ts'
import { repeatAfterReset } from './repeat-after-reset.ts'
import {
  type ArgsOf,
  type ResultOf,
  restoreError,
  type StoreCall,
  type StoreMethod,
  type StoreReply,
} from './store-call.ts'
import { toPlain } from './to-plain.ts'

/** The binding of a class that extends `CallbackObject`, such as `env.CALLBACKS`. */
export interface CallbackNamespace {
  idFromName(name: string): object
  get(id: object): { execute(call: StoreCall): Promise<unknown> }
}

/** Options of a store in Durable Objects. */
export interface DurableObjectStoreOptions {
  /** How many objects owners are spread over, 8 by default. More later is possible, fewer is not. */
  readonly shards?: number
}

/** A bundler that defines it as `false` leaves out the code of webhooks and their endpoints. */
declare const __RINGBACK_WEBHOOKS__: boolean | undefined

const SHARDS = 8
const MOST_SHARDS = 1024

/**
 * Keeps deliveries in Durable Objects, which send them by themselves: neither `start` nor `waitUntil` is needed, and
 * `sendDue` only wakes the objects. Each method is one call of an object, and a delivery is stored when `send` resolves.
 *
 * @example
 * const sender = createSender({ store: durableObjectStore(env.CALLBACKS), secrets: [env.CALLBACK_SECRET], egress: 'platform' })
 *
 * @throws {DurableObjectError} with `option`; its methods with `shards`, `large`, `full` or `failed`
 * @see https://developers.cloudflare.com/durable-objects/
 */
export function durableObjectStore(
  namespace: CallbackNamespace,
  options: DurableObjectStoreOptions = {},
): DeliveryStore {
  checkNamespace(namespace)
  checkOptions(options)
  const { shards = SHARDS } = options
  if (!Number.isInteger(shards) || shards < 1 || shards > MOST_SHARDS) {
    const sentence = `shards is ${String(shards)}: give a whole number from 1 to ${MOST_SHARDS}`
    throw new DurableObjectError('option', sentence)
  }
  const all = [...Array(shards).keys()]

  const execute = async (
    shard: number,
    { method, args }: Pick<StoreCall, 'method' | 'args'>,
  ): Promise<unknown> => {
    const ask = (isRepeated: boolean) =>
      // a stub belongs to the request that it is made in, and to one incarnation of its object
      namespace
        .get(namespace.idFromName(`ringback-${shard}`))
        .execute({ method, args, shards, isRepeated })
    // keeping an exchange again is an error, also when it is the same
    const isOnce = method === 'keepExchange' || method === 'endpoints.add'
    // `execute` of CallbackObject gives nothing else
    const reply = (await (isOnce ? ask(false) : repeatAfterReset(ask))) as StoreReply
    if ('error' in reply) throw restoreError(reply.error)
    return reply.value
  }
  const call = <TMethod extends StoreMethod>(
    shard: number,
    method: TMethod,
    ...args: ArgsOf<TMethod>
  ) =>
    // the object does the method of that name
    execute(shard, { method, args: args.map(toPlain) }) as Promise<ResultOf<TMethod>>

  const callEndpoints: CallEndpoints = (shard, method, ...args) =>
    // as above
    execute(shard, { method: `endpoints.${method}`, args: args.map(toPlain) }) as never

  const ownOf = (owner: string) => chooseShard(owner, shards)
  /** Asks several objects at once. */
  const askAny = async <TFound>(
    among: readonly number[],
    ask: (shard: number) => Promise<TFound | undefined>,
  ): Promise<TFound | undefined> => {
    const found = await Promise.allSettled(among.map(ask))
    const failed = found.find((one) => one.status === 'rejected')
    const values = found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    const value = values.find((one) => one !== undefined)
    // one that does not respond may have it
    if (value === undefined && failed) throw failed.reason
    return value
  }
  /** Asks the owner's object, then those before it, one of which the owner may have had while there were fewer. */
  const askUntilFound = async <TFound>(
    { owner }: OwnerScope,
    ask: (shard: number) => Promise<TFound | undefined>,
  ): Promise<TFound | undefined> => {
    if (owner === undefined) return askAny(all, ask)
    const own = ownOf(owner)
    return (await ask(own)) ?? askAny(all.slice(0, own), ask)
  }
  const askEach = <TResult>(ask: (shard: number) => Promise<TResult>) =>
    askShards(all, ask, (error, shard) => {
      // not down: it is asked with options that are wrong
      if (error instanceof DurableObjectError && error.code === 'shards') throw error
      console.error(`ringback: object ${shard} fails`, error)
    })

  return {
    sendsByItself: true,
    async enqueue(delivery, ...attempts) {
      checkSize(delivery)
      return call(ownOf(delivery.owner), 'enqueue', delivery, ...attempts)
    },
    async claim() {
      const waits = await Promise.all(
        all.map((shard) => execute(shard, { method: 'wake', args: [] })),
      )
      const times = waits.filter((wait) => typeof wait === 'number')
      const next = times.length > 0 && { nextIn: Math.min(...times) }
      return { deliveries: [], swept: [], ...next }
    },
    // nothing was claimed here
    commit: async () => ({ kind: 'lost' }),
    extend: async () => false,
    cancel: (id, scope = {}) =>
      askUntilFound<Delivery>(scope, (shard) => call(shard, 'cancel', id, scope)),
    redrive: (id, scope = {}) =>
      askUntilFound<Delivery>(scope, (shard) => call(shard, 'redrive', id, scope)),
    find: (id) => askUntilFound({}, (shard) => call(shard, 'find', id)),
    async query(filter = {}) {
      const { results } = await askEach((shard) => call(shard, 'query', filter))
      const records: DeliveryRecord[] = results.flat()
      return records.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, filter.limit ?? 100)
    },
    async erase(options) {
      // each object erases what is old by its own options
      if (options.age !== undefined || options.beyond !== undefined) return 0
      return eraseFromShards(all, options, (shard) => call(shard, 'erase', options))
    },
    async stats(filter) {
      const { results, missing } = await askEach((shard) => call(shard, 'stats', filter))
      // one at least has responded
      const sum = addStats(results as [StoredStats, ...StoredStats[]])
      return missing.length > 0 ? { ...sum, missing } : sum
    },
    health: async () => joinHealth(await askEach((shard) => call(shard, 'health'))),
    async keepExchange(exchange) {
      const own = ownOf(exchange.owner)
      const earlier = await askAny(all.slice(0, own), (shard) =>
        call(shard, 'findExchange', exchange),
      )
      return earlier === undefined && call(own, 'keepExchange', exchange)
    },
    findExchange: (place) => askUntilFound(place, (shard) => call(shard, 'findExchange', place)),
    async eraseExchanges(options) {
      if (options.age !== undefined) return 0
      return eraseFromShards(all, options, (shard) => call(shard, 'eraseExchanges', options))
    },
    endpoints:
      typeof __RINGBACK_WEBHOOKS__ === 'undefined' || __RINGBACK_WEBHOOKS__
        ? createObjectEndpoints({ callEndpoints, ownOf, all, askUntilFound })
        : leftOutEndpoints(),
  }
}

function checkOptions(options: DurableObjectStoreOptions): void {
  const isObject = typeof options === 'object' && options !== null && !Array.isArray(options)
  const unknown = isObject && Object.keys(options).find((name) => name !== 'shards')
  if (unknown === undefined) return
  const problem = unknown ? `has no option '${unknown}'` : 'takes its options in an object'
  throw new DurableObjectError('option', `durableObjectStore ${problem}: give { shards }`)
}

function checkNamespace(namespace: CallbackNamespace): void {
  // a binding that is not configured is undefined, despite its type
  const given: unknown = namespace
  if (typeof given === 'object' && given !== null && 'idFromName' in given) return
  throw new DurableObjectError(
    'option',
    'durableObjectStore was not given a binding of Durable Objects: add one to durable_objects.bindings of wrangler.jsonc, and pass it, such as env.CALLBACKS',
  )
}
