import type { AnyOperation, CallbackMessage, CallbackSender, CallbacksOf } from '@ringback/core'
import { systemClock } from './clock.ts'
import { SenderError } from './errors.ts'
import { createDeliveryControls, type DeliveryControls } from './operate/delivery-controls.ts'
import { createEvents, type DeliveryListener } from './operate/events.ts'
import type { SenderOptions } from './options.ts'
import { resolveRequestLimits, resolveRetention, resolveSettings } from './resolve-options.ts'
import { createCallbackMethods } from './send/callback-methods.ts'
import { createDraft } from './send/create-draft.ts'
import { createDeliveryIds } from './send/delivery-ids.ts'
import { resume } from './send/resume.ts'
import type { DeliveryFilter, DeliveryRecord } from './store/delivery-store.ts'
import { adaptFetch } from './transport/adapt-fetch.ts'
import { compilePolicy, type EgressPolicy, isRange } from './transport/egress/policy.ts'
import { backoff } from './work/backoff.ts'
import { createCleaner } from './work/cleaner.ts'
import { createContracts } from './work/contracts.ts'
import type { Transport } from './work/make-attempt.ts'
import { createRunner } from './work/runner.ts'
import { createSecretLookup, testSecrets } from './work/secrets.ts'
import { createWorker } from './work/worker.ts'

/** Owns the deliveries of a store: sends them, retries them, tells what became of them. */
export interface Sender extends CallbackSender, DeliveryControls {
  /** Begins to send what is due, now and from now on. Fails when the transport cannot guard its connections. */
  start(): Promise<void>
  /** Stops: nothing new is sent, and what is being sent is waited for, up to `grace`. The rest stays stored. */
  stop(): Promise<void>
  /** Sends all that is due now, without `start`: for a cron trigger. Resolves to how many were sent. */
  sendDue(): Promise<number>
  /**
   * The callbacks of an operation, sent from an exchange that its handler has kept: minutes later, from any process
   * whose sender has the same store. The operation is the one that `handle` gave.
   *
   * @example
   * await sender.resume(createInvoice, 'invoice-7').invoiceNotification.send({ description: 'Paid', paid: true })
   *
   * @throws {SenderError} with `unknown` where a callback is sent and no exchange is kept under the key
   */
  resume<TOperation extends AnyOperation>(
    operation: TOperation,
    key: string,
    options?: { readonly owner?: string },
  ): CallbacksOf<TOperation>
  /** The deliveries that a filter finds, newest first, with their attempts. */
  deliveries(filter?: DeliveryFilter): Promise<readonly DeliveryRecord[]>
  /** Tells each change of a delivery's state, skipped ones included; gives the function that ends it. */
  on(listener: DeliveryListener): () => void
}

const LEASE_MARGIN = 30_000
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
  const { deadline, schedule, concurrency, payloadLimit, grace } = resolveSettings(options)
  const limits = resolveRequestLimits(options)
  const policy = options.policy ?? policyOf(options.fetch) ?? {}
  // a wrong entry is found here, and not at the first callback
  const { only } = compilePolicy(policy)
  if (options.egress && !policyOf(options.fetch) && only?.some(isRange)) {
    throw new SenderError(
      'option',
      "policy.only lists addresses, and what names resolve to is known only where the sender's fetch guards its connections: list host names, or pass fetch: guardedFetch()",
    )
  }
  const transport: Transport = {
    send: adaptFetch(options.fetch ?? ((...args) => globalThis.fetch(...args))),
    clock,
    deadline,
    secretsOf: createSecretLookup(options.secrets),
    redact: options.redact ?? ((response) => response),
  }
  const events = createEvents()
  const createId = createDeliveryIds()
  const contracts = createContracts()
  const clean = createCleaner(store, clock, resolveRetention(options))
  let guarded: Promise<void> | undefined
  let turn: Promise<unknown> = Promise.resolve()

  // loaded where it is asked for: an edge runtime cannot guard, and says who does
  const testGuard = async () => {
    const { testEgress } = await import('./transport/test-egress.ts')
    await testEgress(transport.send, policy)
  }
  const guard = () => {
    guarded ??= options.egress === undefined ? testGuard() : Promise.resolve()
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
    limits,
    grace,
    lease: deadline + LEASE_MARGIN,
    run: createRunner({ store, events, transport, contracts, schedule, random }),
    async sweep() {
      for (const delivery of await store.sweep(LOST_LEASES)) events.emit({ delivery })
      await clean()
    },
    onError: (error) => events.fail(error),
  })

  const sendDue = async () => {
    await guard()
    return worker.drain()
  }

  /** Turns a message into a delivery that has no URL yet. */
  const begin = (message: CallbackMessage) => {
    contracts.remember(message)
    const now = clock.now()
    const delay = backoff(0, schedule, { overloaded: false, random }) ?? 0
    return createDraft(message, { id: createId(now), now, delay, payloadLimit })
  }
  const sending = createCallbackMethods({
    store,
    events,
    contracts,
    transport,
    policy,
    worker,
    guard,
    begin,
    onScheduled() {
      worker.wake()
      waitUntil?.(sendDue().catch((error: unknown) => events.fail(error)))
    },
  })

  return {
    ...sending,
    resume: (operation, key, { owner = 'default' } = {}) =>
      resume(operation, { sender: sending, store, owner, key }),

    start: () =>
      inTurn(async () => {
        await guard()
        await testSecrets(options.secrets)
        worker.start()
      }),

    stop: () => inTurn(() => worker.stop()),

    sendDue,
    ...createDeliveryControls({ store, events, clock, createId, wake: () => worker.wake() }),
    deliveries: (filter) => store.query(filter),
    on: (listener) => events.on(listener),
  }
}

function policyOf(transport: SenderOptions['fetch']): EgressPolicy | undefined {
  return transport !== undefined && 'policy' in transport ? transport.policy : undefined
}
