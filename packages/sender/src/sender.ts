import type {
  AnyOperation,
  CallbackMessage,
  CallbackSender,
  CallbacksOf,
  Delivery,
} from '@ringback/core'
import { checkOptions } from './check-options.ts'
import { afterUnlessIdle, systemClock } from './clock.ts'
import { SenderError } from './errors.ts'
import { checkFilter } from './operate/check-filter.ts'
import { createDeliveryControls, type DeliveryControls } from './operate/delivery-controls.ts'
import { createEvents, type DeliveryListener } from './operate/events.ts'
import { consoleLog, silentLog } from './operate/log.ts'
import { createDeliveryLog } from './operate/log-deliveries.ts'
import { createWaitingWarning } from './operate/waiting-warning.ts'
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
import { placeCredentials } from './work/credentials.ts'
import type { Drained } from './work/drain.ts'
import type { Transport } from './work/make-attempt.ts'
import { createRunner } from './work/runner.ts'
import { createSecretLookup, testSecrets } from './work/secrets.ts'
import { createWorker } from './work/worker.ts'

/** Owns the deliveries of a store: sends them, retries them, and reports their states. */
export interface Sender extends CallbackSender, DeliveryControls {
  /** Sends what is due, now and from now on. Rejects when the transport cannot guard its connections. */
  start(): Promise<void>
  /** Stops sending: waits up to `grace` milliseconds for the requests in flight. The rest stays stored. */
  stop(): Promise<void>
  /**
   * Sends everything due now, without `start`: for a cron trigger. Resolves to how many were sent, and to when something
   * is due again, a lease or an expiry included.
   */
  sendDue(): Promise<Drained>
  /**
   * Gives the callbacks of an operation, to send from an exchange that its handler kept: minutes later, from any
   * process whose sender has the same store. The operation is the one that `handle` returned.
   *
   * @example
   * await sender.resume(createInvoice, 'invoice-7').invoiceNotification.send({ description: 'Paid', paid: true })
   *
   * @throws {SenderError} with `unknown`, when a callback is sent and no exchange is kept under the key
   */
  resume<TOperation extends AnyOperation>(
    operation: TOperation,
    key: string,
    options?: { readonly owner?: string },
  ): CallbacksOf<TOperation>
  /** Not there: callbacks are sent by the handler of their operation, or by `resume`. @throws {SenderError} with `option` */
  send(problem: HowToSend, ...rest: readonly unknown[]): never
  /**
   * The deliveries that match a filter, newest first, with their attempts. The id of the last one is the `cursor` of
   * the next page.
   *
   * @throws {SenderError} with `option`, for a member that is `undefined`: it would select everybody's
   */
  deliveries(filter?: DeliveryFilter): Promise<readonly DeliveryRecord[]>
  /** Calls a listener on each change of a delivery's state, skipped deliveries included; returns how to unsubscribe. */
  on(listener: DeliveryListener): () => void
}

/** The parameter of a method that is not there: the compiler's error shows how callbacks are sent. */
export type HowToSend =
  'send a callback by callbacks.NAME.send(payload) in the handler of its operation, or later by sender.resume(operation, key).NAME.send(payload); webhooks are documented and received, not sent'

const HOW_TO_SEND: HowToSend =
  'send a callback by callbacks.NAME.send(payload) in the handler of its operation, or later by sender.resume(operation, key).NAME.send(payload); webhooks are documented and received, not sent'

const LEASE_MARGIN = 30_000

/**
 * Makes a sender. Callbacks are stored at once, and sent once it is started.
 *
 * @example
 * const sender = createSender({ store: memoryStore(), secrets: [secret], fetch: guardedFetch() })
 * await sender.start()
 *
 * @throws {SenderError} with `secret` when there is no secret to sign with, `option` for an invalid option;
 *   EgressError with `policy` for an invalid policy
 */
export function createSender(options: SenderOptions): Sender {
  checkOptions(options)
  const {
    store,
    clock = systemClock,
    random = Math.random,
    waitUntil,
    credentials = {},
    undeclared = 'remove',
  } = options
  const { deadline, schedule, overloadWait, concurrency, payloadLimit, grace } =
    resolveSettings(options)
  const limits = resolveRequestLimits(options)
  const policy = resolvePolicy(options)
  const transport: Transport = {
    send: adaptFetch(
      options.fetch ?? ((...args) => globalThis.fetch(...args)),
      // otherwise the self-test proves that the fetch refuses
      options.egress && compilePolicy(policy),
    ),
    clock,
    deadline,
    secretsOf: createSecretLookup(options.secrets),
    credentials,
    redact: options.redact ?? ((response) => response),
  }
  const log = options.log === false ? silentLog : (options.log ?? consoleLog)
  const events = createEvents(log)
  const deliveryLog = createDeliveryLog(log, () => clock.now())
  events.on(deliveryLog.listener)
  const waiting = createWaitingWarning({
    store,
    log,
    now: () => clock.now(),
    after: (...args) => (options.clock ? clock.after(...args) : afterUnlessIdle(...args)),
  })
  const createId = createDeliveryIds()
  const contracts = createContracts(options.operations)
  const clean = createCleaner(store, clock, resolveRetention(options))
  const runInTurn = createTurns()
  let guarded: Promise<void> | undefined

  const guard = () => {
    guarded ??= options.egress === undefined ? testGuard(transport, policy) : Promise.resolve()
    return guarded
  }
  const worker = createWorker({
    store,
    clock,
    concurrency,
    limits,
    grace,
    lease: deadline + LEASE_MARGIN,
    run: createRunner({
      store,
      events,
      transport,
      contracts,
      schedule,
      overloadWait,
      leaseMargin: LEASE_MARGIN,
      random,
    }),
    onSwept(deliveries) {
      for (const delivery of deliveries) events.emit({ delivery })
    },
    clean,
    onError: (error) => events.fail(error),
  })
  const sendDue = async () => {
    waiting.disarm()
    await guard()
    return worker.drain()
  }
  const draft = (message: CallbackMessage) => {
    contracts.remember(message)
    const now = clock.now()
    const own = message.callback.delivery?.schedule ?? schedule
    const delay = backoff(0, own, { overloaded: false, random }) ?? 0
    const places = placeCredentials(message, credentials)
    return createDraft(message, {
      id: createId(now),
      now,
      delay,
      payloadLimit,
      undeclared,
      credentials: places,
    })
  }
  const onScheduled = (delivery: Delivery) => {
    worker.wake()
    waiting.stored(delivery)
    waitUntil?.(sendDue().catch((error: unknown) => events.fail(error)))
  }
  const shared = { store, events, contracts, transport, policy, worker, guard }
  const methods = createCallbackMethods({
    ...shared,
    draft,
    onScheduled,
    credentials,
    warn: (text) => log.warn(text),
  })

  return {
    '~callbacks': methods,
    '~terms': { deadline, schedule },
    resume: (operation, key, { owner = 'default' } = {}) =>
      resume(operation, { methods, store, owner, key }),
    start: () =>
      runInTurn(async () => {
        waiting.disarm()
        await guard()
        await testSecrets(options.secrets)
        worker.start()
      }),
    stop: () => runInTurn(() => worker.stop()),
    sendDue,
    send() {
      throw new SenderError('option', `a sender has no method send: ${HOW_TO_SEND}`)
    },
    ...createDeliveryControls({
      store,
      events,
      clock,
      createId,
      wake: (delivery) => {
        worker.wake()
        if (delivery.state !== 'scheduled') return
        deliveryLog.release(delivery)
        waiting.stored(delivery)
      },
    }),
    deliveries: async (filter) => store.query(checkFilter(filter)),
    on: (listener) => events.on(listener),
  }
}

/**
 * Gives the sender's policy, and finds an invalid one now, not at the first callback.
 *
 * @throws {EgressError} with `policy`; SenderError with `option`
 */
function resolvePolicy({ policy, fetch: transport, egress }: SenderOptions): EgressPolicy {
  const guarded = transport !== undefined && 'policy' in transport ? transport.policy : undefined
  if (transport && !guarded && policy === undefined && egress === undefined) {
    throw new SenderError(
      'option',
      'fetch has no policy to judge URLs by: pass guardedFetch() itself, or the policy of the guardedFetch() that your function calls as the option policy, or name who else guards the connections with egress',
    )
  }
  const resolved = policy ?? guarded ?? {}
  const { only, allowLoopback } = compilePolicy(resolved)
  if (egress && !guarded && allowLoopback) {
    throw new SenderError(
      'option',
      'policy.allowLoopback needs to know what names resolve to, which only a sender that guards the connections itself does: remove it, or pass fetch: guardedFetch({ policy: { allowLoopback: true } }) of @ringback/sender/node',
    )
  }
  if (egress && !guarded && only?.some(isRange)) {
    throw new SenderError(
      'option',
      'policy.only lists addresses, which can be checked only where the sender itself guards the connections: list host names, or pass fetch: guardedFetch()',
    )
  }
  return resolved
}

/** Loaded on demand: an edge runtime cannot guard connections, and names who does. */
async function testGuard({ send }: Transport, policy: EgressPolicy): Promise<void> {
  const { testEgress } = await import('./transport/test-egress.ts')
  await testEgress(send, policy)
}

/** Runs steps one after the other, so that a stop during a start stops what was started. */
function createTurns(): (step: () => Promise<void>) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve()
  return (step) => {
    const done = last.then(step, step)
    last = done
    return done
  }
}
