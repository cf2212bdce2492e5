import type {
  AnyOperation,
  CallbackMethods,
  CallbackSender,
  CallbacksOf,
  Delivery,
  OutgoingDefinition,
} from '@ringback/core'
import { loadSending } from '#late'
import { checkOptions } from './check-options.ts'
import { checkScope } from './endpoints/check-scope.ts'
import type { Endpoints } from './endpoints/endpoints.ts'
import { SenderError } from './errors.ts'
import type { DeliveryControls } from './operate/delivery-controls.ts'
import type { DeliveryStats } from './operate/delivery-stats.ts'
import { createEvents, type DeliveryListener } from './operate/events.ts'
import type { InspectedDelivery } from './operate/inspect-delivery.ts'
import { consoleLog, silentLog } from './operate/log.ts'
import type { Recovery } from './operate/recover.ts'
import type { SenderHealth } from './operate/watch-sender.ts'
import type { SenderOptions } from './options.ts'
import { resolveRequestLimits, resolveRetention, resolveSettings } from './resolve-options.ts'
import type { Publishing } from './send/publish.ts'
import { resume } from './send/resume.ts'
import type { Sending } from './sending.ts'
import type { DeliveryFilter, DeliveryRecord, OwnerScope } from './store/delivery-store.ts'
import type { StatsFilter } from './store/stats/stored-stats.ts'
import { compilePolicy, type EgressPolicy, isRange } from './transport/egress/policy.ts'
import { parseOwnHosts } from './transport/parse-own-hosts.ts'
import { createContracts } from './work/contracts.ts'
import { placeCredentials } from './work/credentials.ts'
import type { Drained } from './work/drain.ts'
import { createSecretLookup } from './work/secrets.ts'

/** Owns the deliveries of a store: sends them, retries them, and reports their states. */
export interface Sender extends CallbackSender, DeliveryControls, Publishing, Recovery {
  /** The endpoints that webhooks are published to. */
  readonly endpoints: Endpoints
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
  /**
   * Reads one delivery whole: its payload, its headers, and the key and the kept exchange that its URL was made of. With
   * an owner, a delivery of another does not exist.
   *
   * @throws {SenderError} with `option`, for an owner that is `undefined`
   */
  inspect(id: string, scope?: OwnerScope): Promise<InspectedDelivery | undefined>
  /**
   * Tells how it went since a time, over all processes on the store: how many deliveries and attempts, how well, how fast.
   * `since` is to the minute for the last three hours, to the hour for three days, to the day for thirty. With `every`,
   * each minute, hour or day is told as well, and with `held` the endpoints that are held.
   *
   * @example
   * const { successRate, latency } = await sender.stats({ callback: 'paid', since: Date.now() - 3_600_000 })
   *
   * @throws {SenderError} with `option`, also when the store does not count
   */
  stats(filter: StatsFilter): Promise<DeliveryStats>
  /** Tells whether it can send, for a readiness probe; never rejects. */
  health(): Promise<SenderHealth>
  /** Calls a listener on each change of a delivery's state, skipped deliveries included; returns how to unsubscribe. */
  on(listener: DeliveryListener): () => void
  /** Internal: the matchers of tests compare the declaration that a delivery was sent by. */
  '~declarationOf'(delivery: Delivery): Promise<OutgoingDefinition | undefined>
}

/** The parameter of a method that is not there: the compiler's error shows how callbacks are sent. */
export type HowToSend =
  'send a callback by callbacks.NAME.send(payload) in the handler of its operation, or later by sender.resume(operation, key).NAME.send(payload); publish a webhook by sender.publish(webhook, payload, { owner })'

const HOW_TO_SEND: HowToSend =
  'send a callback by callbacks.NAME.send(payload) in the handler of its operation, or later by sender.resume(operation, key).NAME.send(payload); publish a webhook by sender.publish(webhook, payload, { owner })'

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
  const settings = resolveSettings(options)
  const limits = resolveRequestLimits(options)
  const retention = resolveRetention(options)
  const policy = resolvePolicy(options)
  const ownHosts = parseOwnHosts(options.ownHosts ?? [])
  const secretsOf = createSecretLookup(options.secrets)
  const { store, credentials = {} } = options
  const log = options.log === false ? silentLog : (options.log ?? consoleLog)
  const events = createEvents(log)
  const contracts = createContracts(options.operations)

  let loading: Promise<Sending> | undefined
  const load = () => {
    loading ??= loadSending().then(({ createSending }) =>
      createSending(options, {
        ...{ settings, limits, retention, policy, secretsOf, credentials },
        ...{ log, events, contracts, ownHosts },
      }),
    )
    return loading
  }
  const methods: CallbackMethods = {
    warn: (text) => log.warn(text),
    remember(contract) {
      // found when the API is made, not when the callback is sent
      placeCredentials(contract, credentials)
      contracts.remember(contract)
    },
    send: async (message) => (await load()).methods.send(message),
    stage: async (message) => (await load()).methods.stage(message),
    keepExchange: async (exchange) => (await load()).methods.keepExchange(exchange),
    checkExchangePlace: async (place) => (await load()).methods.checkExchangePlace(place),
    prepare: async (message) => (await load()).methods.prepare(message),
    call: async (message, signal) => (await load()).methods.call(message, signal),
  }

  return {
    '~callbacks': methods,
    '~terms': {
      deadline: settings.deadline,
      schedule: settings.schedule,
      webhookSchedule: settings.webhookSchedule,
    },
    resume(operation, key, scope) {
      return resume(operation, {
        ...{ methods, store, owner: 'default' },
        ...checkScope(scope, 'resume'),
        key,
      })
    },
    start: async () => (await load()).start(),
    // what was never loaded sends nothing
    stop: async () => (await loading)?.stop(),
    sendDue: async () => (await load()).sendDue(),
    send() {
      throw new SenderError('option', `a sender has no method send: ${HOW_TO_SEND}`)
    },
    endpoints: {
      create: async (...given) => (await load()).webhooks().endpoints.create(...given),
      get: async (...given) => (await load()).webhooks().endpoints.get(...given),
      list: async (...given) => (await load()).webhooks().endpoints.list(...given),
      update: async (...given) => (await load()).webhooks().endpoints.update(...given),
      enable: async (...given) => (await load()).webhooks().endpoints.enable(...given),
      disable: async (...given) => (await load()).webhooks().endpoints.disable(...given),
      delete: async (...given) => (await load()).webhooks().endpoints.delete(...given),
      rotate: async (...given) => (await load()).webhooks().endpoints.rotate(...given),
      secret: async (...given) => (await load()).webhooks().endpoints.secret(...given),
      reseal: async () => (await load()).webhooks().endpoints.reseal(),
      test: async (...given) => (await load()).webhooks().endpoints.test(...given),
    },
    publish: async (...given) => (await load()).webhooks().publishing.publish(...given),
    preparePublish: async (...given) =>
      (await load()).webhooks().publishing.preparePublish(...given),
    recover: async (...given) => (await load()).webhooks().recovery.recover(...given),
    replay: async (...given) => (await load()).webhooks().recovery.replay(...given),
    cancel: async (id, scope) => (await load()).controls.cancel(id, scope),
    redrive: async (id, scope) => (await load()).controls.redrive(id, scope),
    forget: async (which) => (await load()).controls.forget(which),
    stats: async (filter) => (await load()).stats(filter),
    health: async () => (await load()).health(),
    deliveries: async (filter) => (await load()).deliveries(filter),
    inspect: async (...given) => (await load()).inspect(...given),
    on: (listener) => events.on(listener),
    '~declarationOf': async (delivery) => (await load()).declarationOf(delivery),
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
