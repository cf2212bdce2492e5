import type { CallbackMessage, CallbackSender } from '@ringback/core'
import { attempt, type Transport } from './attempt.ts'
import { ONE_SHOT_SCHEDULE } from './backoff.ts'
import { call } from './call.ts'
import { type Clock, systemClock } from './clock.ts'
import { dispatch } from './dispatch.ts'
import type { GuardedFetch } from './egress/guarded-fetch.ts'
import type { EgressPolicy } from './egress/policy.ts'
import { createEvents, type DeliveryListener } from './events.ts'
import { transitionOf } from './outcome.ts'
import { type Secrets, secretsOf, testSecrets } from './secrets.ts'
import { testEgress } from './self-test.ts'
import {
  applyTransition,
  type ClaimedDelivery,
  type DeliveryFilter,
  type DeliveryRecord,
  type DeliveryStore,
  withoutPayload,
} from './store.ts'
import { createWorker } from './worker.ts'

/** Options of a sender. Times are milliseconds, sizes bytes. */
export interface SenderOptions {
  readonly store: DeliveryStore
  /** What callbacks are signed with, newest first; with a function, each owner has his own. */
  readonly secrets: Secrets
  /** Makes the requests: `guardedFetch()` on Node; by default the platform's fetch. */
  readonly fetch?: typeof fetch | GuardedFetch
  /** Where callbacks may go; by default the policy of the guarded fetch. */
  readonly policy?: EgressPolicy
  /** Who guards the connections where `fetch` cannot; without it `start` fails unless `fetch` does. */
  readonly egress?: 'platform' | 'proxy'
  /** The longest that one attempt takes, connect, headers and body together; 15 s by default. */
  readonly deadline?: number
  /** The delay before each attempt; by default 0, 5 s, 30 s, 2 m, 10 m, 30 m, 2 h. */
  readonly schedule?: readonly number[]
  /** How many requests at once; 64 by default. */
  readonly concurrency?: number
  /** The longest payload; 1 MiB by default. */
  readonly payloadLimit?: number
  /** How long `stop` waits for requests before it cuts them off; 10 s by default. */
  readonly grace?: number
  /** Keeps an edge runtime alive: `(promise) => c.executionCtx.waitUntil(promise)`. What is sent is then sent at once. */
  readonly waitUntil?: (promise: Promise<unknown>) => void
  readonly clock?: Clock
  readonly random?: () => number
}

/** Owns the deliveries of a store: sends them, retries them, tells what became of them. */
export interface Sender extends CallbackSender {
  /** Begins to send what is due, now and from now on. Fails when the transport cannot guard its connections. */
  start(): Promise<void>
  /** Stops: nothing new is sent, and what is being sent is waited for, up to `grace`. The rest stays stored. */
  stop(): Promise<void>
  /** Sends all that is due now, without `start`: for a cron trigger. Resolves to how many were sent. */
  sendDue(): Promise<number>
  /** The deliveries that a filter finds, newest first, with their attempts. */
  deliveries(filter?: DeliveryFilter): Promise<readonly DeliveryRecord[]>
  /** Tells each change of a delivery's state, skipped ones included; gives the function that ends it. */
  on(listener: DeliveryListener): () => void
}

const SECOND = 1000
const LEASE_MARGIN = 30 * SECOND
const LOST_LEASES = {
  most: 3,
  detail: 'the sender was lost in the middle of each of the last attempts',
}

/**
 * Makes a sender. Callbacks are stored at once and sent once it is started.
 *
 * @example
 * const sender = createSender({ store: memoryStore(), secrets: [secret], fetch: guardedFetch() })
 * await sender.start()
 *
 * @throws {SenderError} with `secret` when there is nothing to sign with; `start` says when it cannot sign
 */
export function createSender(options: SenderOptions): Sender {
  const { store, clock = systemClock, random = Math.random, grace = 10 * SECOND } = options
  const { deadline = 15 * SECOND, schedule = ONE_SHOT_SCHEDULE, waitUntil } = options
  const { payloadLimit = 1024 * 1024, concurrency = 64 } = options
  const policy = options.policy ?? policyOf(options.fetch) ?? {}
  const transport: Transport = {
    fetch: options.fetch ?? ((...args) => globalThis.fetch(...args)),
    clock,
    deadline,
    secretsOf: secretsOf(options.secrets),
  }
  const events = createEvents()
  let stopping = new AbortController()
  let guarded: Promise<void> | undefined

  const guard = () => {
    guarded ??=
      options.egress === undefined ? testEgress(transport.fetch, policy) : Promise.resolve()
    return guarded
  }

  const run = async (claimed: ClaimedDelivery) => {
    try {
      const { outcome, log } = await attempt(claimed, transport, stopping.signal)
      const transition = transitionOf(claimed, outcome, { schedule, now: clock.now(), random })
      if (await store.commit(claimed, transition, log)) {
        events.emit({ delivery: applyTransition(claimed, transition), attempt: log })
      }
    } catch (error) {
      // the store failed: the lease will end, and the delivery is sent again
      events.fail(error)
    }
  }

  const worker = createWorker({
    store,
    clock,
    concurrency,
    lease: deadline + LEASE_MARGIN,
    run,
    sweep: async () => {
      for (const delivery of await store.sweep(LOST_LEASES)) events.emit({ delivery })
    },
    onError: (error) => events.fail(error),
  })

  const sendDue = async () => {
    await guard()
    return worker.drain()
  }

  /** Resolves the message; a delivery that is final from the start is stored and told right here. */
  const begin = async (message: CallbackMessage) => {
    const stored = await dispatch(message, { policy, now: clock.now(), payloadLimit })
    if (stored.state !== 'scheduled') {
      // a request that asked for no callback leaves no row behind
      if (stored.state !== 'skipped') await store.enqueue(stored)
      events.emit({ delivery: withoutPayload(stored) })
    }
    return stored
  }

  return {
    async send(message) {
      const stored = await begin(message)
      const delivery = withoutPayload(stored)
      if (stored.state === 'scheduled') {
        await store.enqueue(stored)
        events.emit({ delivery })
        worker.wake()
        waitUntil?.(sendDue().catch((error: unknown) => events.fail(error)))
      }
      return delivery
    },

    async call(message, signal) {
      const stored = await begin(message)
      if (stored.state === 'scheduled') {
        const stop = signal ? AbortSignal.any([signal, stopping.signal]) : stopping.signal
        return call(message, stored, { store, events, transport, guard, signal: stop })
      }
      return { ok: false, detail: stored.detail ?? stored.state, delivery: withoutPayload(stored) }
    },

    async start() {
      await guard()
      await testSecrets(options.secrets)
      stopping = new AbortController()
      worker.start()
    },

    async stop() {
      const cancel = clock.after(grace, () => stopping.abort())
      await worker.stop()
      cancel()
    },

    sendDue,
    deliveries: (filter) => store.query(filter),
    on: (listener) => events.on(listener),
  }
}

function policyOf(transport: SenderOptions['fetch']): EgressPolicy | undefined {
  return transport !== undefined && 'policy' in transport ? transport.policy : undefined
}
