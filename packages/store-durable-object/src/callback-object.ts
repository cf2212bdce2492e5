import { DurableObject } from 'cloudflare:workers'
import {
  createSender,
  type DeliveryListener,
  type Sender,
  type SenderOptions,
} from '@ringback/sender'
import { toDelivery } from '@ringback/sender/store'
import { findPublished } from './find-published.ts'
import { keepSending, type Sending } from './keep-sending.ts'
import { type ObjectStore, openObjectStore } from './object-store.ts'
import {
  type ArgsOf,
  type EndpointMethod,
  reportError,
  type StoreCall,
  type StoreReply,
} from './store-call.ts'

/** How the objects send: options of `createSender`, with other defaults. */
export interface CallbackObjectOptions
  extends Omit<
    SenderOptions,
    'store' | 'clock' | 'egress' | 'waitUntil' | 'grace' | 'payloadLimit' | 'undeclared'
  > {
  /** Names who guards the connections: `platform` by default, since Workers reach no private network by themselves. */
  readonly egress?: 'platform' | 'proxy'
  /** Requests at once of each object; 6 by default, since Cloudflare opens no more connections at once for one. */
  readonly concurrency?: number
  /** Requests at once, and a second, to each endpoint (2 at once by default) and for each owner. */
  readonly limits?: NonNullable<SenderOptions['limits']>
  /** Called on each change of a delivery's state in the object. */
  readonly on?: DeliveryListener
}

/** A bundler that defines it as `false` leaves out the code of webhooks and their endpoints. */
declare const __RINGBACK_WEBHOOKS__: boolean | undefined

const CONCURRENCY = 6
const ENDPOINT_CONCURRENCY = 2
const WAKING: readonly StoreCall['method'][] = [
  'enqueue',
  'cancel',
  'redrive',
  'wake',
  'endpoints.change',
  'endpoints.publish',
  'endpoints.tryPublish',
  'endpoints.replay',
]

/**
 * A Durable Object that keeps deliveries and sends them: at once, and later by its alarm. Extend it, export the class
 * from the Worker, and bind it in `wrangler.jsonc` under `new_sqlite_classes`.
 *
 * @example
 * export class Callbacks extends CallbackObject<Env> {
 *   options(env: Env) {
 *     return { secrets: [env.CALLBACK_SECRET], operations: [createInvoice] }
 *   }
 * }
 *
 * @see https://developers.cloudflare.com/durable-objects/
 */
export abstract class CallbackObject<TEnv = unknown> extends DurableObject<TEnv> {
  readonly #store: ObjectStore = openObjectStore(this.ctx.storage)
  readonly #sending: Sending = keepSending({
    storage: this.ctx.storage,
    sender: () => this.#getSender(),
    writeCounts: () => this.#store.writeCounts(),
    onError: (error) => console.error('ringback: the Durable Object fails to send', error),
  })
  #sender: Sender | undefined

  constructor(ctx: ConstructorParameters<typeof DurableObject>[0], env: TEnv) {
    super(ctx, env)
    this.#store.endLeases()
    // after the constructor of the class that extends this one
    if (this.#store.nextIn() !== undefined) queueMicrotask(() => this.#sending.wake())
  }

  /** Gives the secrets, and how to send; what it gives is in memory, and never stored. */
  abstract options(env: TEnv): CallbackObjectOptions

  /** Does a method of the store, for `durableObjectStore`. */
  async execute(call: StoreCall): Promise<StoreReply> {
    const { method, shards } = call
    try {
      this.#store.checkShards(shards)
      if (!WAKING.includes(method)) return { value: await this.#run(call) }
      // what cannot be sent is not stored
      this.#getSender()
      return { value: await this.#sending.during(() => this.#run(call)) }
    } catch (error) {
      return { error: reportError(error) }
    }
  }

  override alarm(): void {
    this.#sending.onAlarm()
    this.#sending.wake()
  }

  async #run({ method, args, isRepeated }: StoreCall): Promise<unknown> {
    if (method === 'wake') return this.#store.nextIn()
    // `durableObjectStore` has typed the arguments
    const run = this.#methodOf(method) as (...args: readonly unknown[]) => Promise<unknown>
    // what the earlier call has changed may be waiting
    if (isRepeated) await this.#store.settle()
    if (method === 'enqueue' && isRepeated) {
      const [{ id }] = args as ArgsOf<'enqueue'>
      const stored = await this.#store.find(id)
      if (stored) return { kind: 'stored', delivery: toDelivery(stored) }
    }
    if (isRepeated && (typeof __RINGBACK_WEBHOOKS__ === 'undefined' || __RINGBACK_WEBHOOKS__)) {
      const published = await findPublished(this.#store, { method, args })
      if (published) return published
    }
    return run(...args)
  }

  #methodOf(method: Exclude<StoreCall['method'], 'wake'>): unknown {
    if (!isOnEndpoints(method)) return this.#store[method]
    const name = method.slice('endpoints.'.length)
    return this.#store.endpoints[name as EndpointMethod]
  }

  #getSender(): Sender {
    this.#sender ??= createObjectSender(this.#store, this.options(this.env))
    return this.#sender
  }
}

function isOnEndpoints(method: StoreCall['method']): method is `endpoints.${EndpointMethod}` {
  return method.startsWith('endpoints.')
}

function createObjectSender(store: ObjectStore, options: CallbackObjectOptions): Sender {
  const { on, limits, ...given } = options
  const sender = createSender({
    egress: 'platform',
    concurrency: CONCURRENCY,
    ...given,
    limits: { ...limits, endpoint: { concurrency: ENDPOINT_CONCURRENCY, ...limits?.endpoint } },
    store,
  })
  if (on) sender.on(on)
  return sender
}
