import type { CallbackMessage, CallbackSender } from '@ringback/core'
import { attempt, type Transport } from './attempt.ts'
import { backoff } from './backoff.ts'
import { call } from './call.ts'
import { type Clock, systemClock } from './clock.ts'
import { dispatch } from './dispatch.ts'
import type { GuardedFetch } from './egress/guarded-fetch.ts'
import { compilePolicy, type EgressPolicy } from './egress/policy.ts'
import { createEvents, type DeliveryListener } from './events.ts'
import { limitsOf } from './limits.ts'
import { transitionOf } from './outcome.ts'
import { type Secrets, secretsOf, testSecrets } from './secrets.ts'
import { testEgress } from './self-test.ts'
import {
  applyTransition,
  type DeliveryFilter,
  type DeliveryRecord,
  type DeliveryStore,
  withoutPayload,
} from './store.ts'
import { untilDone } from './until-done.ts'
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
// within the lease's margin, so that nobody else has the delivery meanwhile
const COMMIT_PATIENCE = 20 * SECOND
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
 * @throws {SenderError} with `secret` when there is nothing to sign with, `option` for an option that cannot be;
 *   EgressError with `policy` for a policy that is not valid
 */
export function createSender(options: SenderOptions): Sender {
  const { store, clock = systemClock, random = Math.random, waitUntil } = options
  const { deadline, schedule, concurrency, payloadLimit, grace } = limitsOf(options)
  const policy = options.policy ?? policyOf(options.fetch) ?? {}
  compilePolicy(policy) // a wrong entry is found here, and not at the first callback
  const transport: Transport = {
    fetch: options.fetch ?? ((...args) => globalThis.fetch(...args)),
    clock,
    deadline,
    secretsOf: secretsOf(options.secrets),
  }
  const events = createEvents()
  let guarded: Promise<void> | undefined
  let turn: Promise<unknown> = Promise.resolve()

  const guard = () => {
    guarded ??=
      options.egress === undefined ? testEgress(transport.fetch, policy) : Promise.resolve()
    return guarded
  }
  /** One after the other, so that a stop that comes during a start stops what was started. */
  const inTurn = (step: () => Promise<void>): Promise<void> => {
    const done = turn.then(step, step)
    turn = done
    return done
  }

  const worker = createWorker({
    store,
    clock,
    concurrency,
    grace,
    lease: deadline + LEASE_MARGIN,
    async run(claimed, stop) {
      try {
        const { outcome, log, error } = await attempt(claimed, transport, stop)
        if (error !== undefined) events.fail(error)
        const transition = transitionOf(claimed, outcome, { schedule, now: clock.now(), random })
        const commit = () => store.commit(claimed, transition, log)
        if (await untilDone(commit, { clock, patience: COMMIT_PATIENCE, stop })) {
          events.emit({ delivery: applyTransition(claimed, transition), attempt: log })
        }
      } catch (error) {
        // the store failed: the lease will end, and the delivery is sent again
        events.fail(error)
      }
    },
    async sweep() {
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
    const delay = backoff(0, schedule, { overloaded: false, random }) ?? 0
    const stored = await dispatch(message, { policy, now: clock.now(), delay, payloadLimit })
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
        await guard()
        return worker.track((stopped) => {
          const stop = signal ? AbortSignal.any([signal, stopped]) : stopped
          return call(message, stored, { store, events, transport, stop })
        })
      }
      return { ok: false, detail: stored.detail ?? stored.state, delivery: withoutPayload(stored) }
    },

    start: () =>
      inTurn(async () => {
        await guard()
        await testSecrets(options.secrets)
        worker.start()
      }),

    stop: () => inTurn(() => worker.stop()),

    sendDue,
    deliveries: (filter) => store.query(filter),
    on: (listener) => events.on(listener),
  }
}

function policyOf(transport: SenderOptions['fetch']): EgressPolicy | undefined {
  return transport !== undefined && 'policy' in transport ? transport.policy : undefined
}
