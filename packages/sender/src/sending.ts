import type { CallbackMessage, Delivery, OutgoingDefinition } from '@ringback/core'
import { afterUnlessIdle, type Clock, systemClock } from './clock.ts'
import { SenderError } from './errors.ts'
import { checkFilter } from './operate/check-filter.ts'
import { createDeliveryControls, type DeliveryControls } from './operate/delivery-controls.ts'
import type { Events } from './operate/events.ts'
import { createInspect, type InspectedDelivery } from './operate/inspect-delivery.ts'
import type { Log } from './operate/log.ts'
import { createDeliveryLog } from './operate/log-deliveries.ts'
import { createStoreTrouble } from './operate/store-trouble.ts'
import { guardTracer } from './operate/tracer.ts'
import { createWaitingWarning } from './operate/waiting-warning.ts'
import { createWatch, type SenderWatch } from './operate/watch-sender.ts'
import type { SenderOptions } from './options.ts'
import type { SenderSettings } from './resolve-options.ts'
import { createCallbackMethods, type SendMethods } from './send/callback-methods.ts'
import { createDraft } from './send/create-draft.ts'
import { createDeliveryIds } from './send/delivery-ids.ts'
import type { DraftMessage } from './send/draft-message.ts'
import type { DeliveryFilter, DeliveryRecord, OwnerScope } from './store/delivery-store.ts'
import type { RequestLimits } from './store/request-limits.ts'
import { adaptFetch } from './transport/adapt-fetch.ts'
import type { AllowEntry } from './transport/egress/allow-entry.ts'
import { compilePolicy, type EgressPolicy } from './transport/egress/policy.ts'
import { createOwnHosts } from './transport/own-hosts.ts'
import { testEgress } from './transport/test-egress.ts'
import { prepareWebhooks, type Webhooks } from './webhooks.ts'
import { backoff } from './work/backoff.ts'
import { createCleaner, type Retention } from './work/cleaner.ts'
import type { Contracts } from './work/contracts.ts'
import { type Credentials, placeCredentials } from './work/credentials.ts'
import type { Drained } from './work/drain.ts'
import { createRunner } from './work/runner.ts'
import type { SecretLookup } from './work/secrets.ts'
import { createSteps } from './work/steps.ts'
import { testSecrets } from './work/test-secrets.ts'
import type { Transport } from './work/transport.ts'
import { createWorker } from './work/worker.ts'

// the code that sends: loaded by the first callback, start or other call of a sender, since no application needs it
// to start

/** The parts of a sender that were made with it. */
export interface SenderParts {
  readonly settings: SenderSettings
  readonly limits: RequestLimits
  readonly retention: Retention
  readonly policy: EgressPolicy
  readonly secretsOf: SecretLookup
  readonly credentials: Credentials
  readonly log: Log
  readonly events: Events
  readonly contracts: Contracts
  readonly ownHosts: readonly AllowEntry[]
}

/** The methods of a sender that send, and that read what was sent. */
export interface Sending extends SenderWatch {
  readonly methods: SendMethods
  readonly controls: DeliveryControls
  /** @throws {SenderError} with `option` where a bundler has left webhooks out */
  readonly webhooks: () => Webhooks
  start(): Promise<void>
  stop(): Promise<void>
  sendDue(): Promise<Drained>
  deliveries(filter?: DeliveryFilter): Promise<readonly DeliveryRecord[]>
  inspect(id: string, scope?: OwnerScope): Promise<InspectedDelivery | undefined>
  declarationOf(delivery: Delivery): OutgoingDefinition | undefined
}

/** A bundler that defines it as `false` leaves out the code of webhooks and their endpoints. */
declare const __RINGBACK_WEBHOOKS__: boolean | undefined

const LEASE_MARGIN = 30_000

/** Makes all of a sender that its start does not need. */
export function createSending(options: SenderOptions, parts: SenderParts): Sending {
  const { store, clock = systemClock, random = Math.random, waitUntil } = options
  const { undeclared = 'remove' } = options
  const { settings, limits, policy, secretsOf, credentials, log, events, contracts } = parts
  const { deadline, schedule, webhookSchedule, overloadWait, concurrency, payloadLimit, grace } =
    settings
  const tracer = options.tracer && guardTracer(options.tracer, events.fail)
  const now = () => clock.now()
  const prepared =
    typeof __RINGBACK_WEBHOOKS__ === 'undefined' || __RINGBACK_WEBHOOKS__
      ? prepareWebhooks(options.masterKey, now)
      : undefined
  const transport: Transport = {
    send: adaptFetch(
      options.fetch ?? ((...args) => globalThis.fetch(...args)),
      // otherwise the self-test proves that the fetch refuses
      options.egress && compilePolicy(policy),
    ),
    clock,
    deadline,
    secretsOf,
    credentials,
    redact: options.redact ?? ((response) => response),
    tracer,
    isOwn: createOwnHosts(parts.ownHosts),
    openTarget: prepared?.openTarget ?? (async () => refuseWebhooks()),
  }
  const after: Clock['after'] = (...args) =>
    options.clock ? clock.after(...args) : afterUnlessIdle(...args)
  const deliveryLog = createDeliveryLog({ log, now, after })
  events.on(deliveryLog.listener)
  const waiting = createWaitingWarning({ store, log, now, after })
  const createId = createDeliveryIds()
  const clean = createCleaner(store, clock, parts.retention)
  const runInTurn = createSteps()
  let guarded: Promise<void> | undefined
  let isStarted = false

  const guard = () => {
    guarded ??=
      options.egress === undefined ? testEgress(transport.send, policy) : Promise.resolve()
    return guarded
  }
  const trouble = createStoreTrouble((error) => events.fail(error))
  const worker = createWorker({
    store,
    clock,
    concurrency,
    limits,
    grace,
    lease: deadline + LEASE_MARGIN,
    run: createRunner({
      store,
      events: { ...events, fail: trouble.tell },
      transport,
      contracts,
      schedule,
      webhookSchedule,
      overloadWait,
      leaseMargin: LEASE_MARGIN,
      random,
    }),
    onSwept(deliveries) {
      trouble.end()
      for (const delivery of deliveries) events.emit({ delivery })
    },
    clean,
    onError: trouble.tell,
  })
  const sendDue = async () => {
    waiting.disarm()
    await guard()
    return worker.drain()
  }
  /** Makes a draft, due after the first delay of its own schedule or that of the sender. */
  const makeDraft = (
    message: DraftMessage,
    ofSender: readonly number[],
    secured: Parameters<typeof placeCredentials>[0],
  ) => {
    const now = clock.now()
    const own = message.callback.delivery?.schedule
    return createDraft(message, {
      id: createId(now),
      now,
      delay: backoff(0, own ?? ofSender, { overloaded: false, random }) ?? 0,
      payloadLimit,
      undeclared,
      credentials: placeCredentials(secured, credentials),
    })
  }
  const draft = (message: CallbackMessage) => {
    contracts.remember(message)
    return makeDraft(message, schedule, message)
  }
  const wakeWorker = () => {
    worker.wake()
    waitUntil?.(sendDue().catch((error: unknown) => events.fail(error)))
  }
  const onScheduled = (delivery: Delivery) => {
    waiting.stored(delivery)
    wakeWorker()
  }
  const shared = { store, events, contracts, transport, policy, worker, guard, tracer }
  const methods = createCallbackMethods({ ...shared, draft, onScheduled })
  const controls = createDeliveryControls({
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
  })
  const webhooks = prepared?.connect({
    ...{ store, policy, transport, guard, createId, tracer, credentials },
    wake: wakeWorker,
    draft: (message, secured) => makeDraft(message, webhookSchedule, secured),
    remember: (name, callback) => contracts.remember({ operationId: '', name, callback }),
    report(delivery) {
      events.emit({ delivery })
      onScheduled(delivery)
    },
    reportAgain(delivery) {
      deliveryLog.release(delivery)
      events.emit({ delivery })
      onScheduled(delivery)
    },
    reportSome(filter, count, dueAt) {
      waiting.storedSome(filter, { count, dueAt })
      wakeWorker()
    },
  })

  return {
    methods,
    controls,
    webhooks: () => webhooks ?? refuseWebhooks(),
    start: () =>
      runInTurn(async () => {
        waiting.disarm()
        await guard()
        await testSecrets(options.secrets)
        worker.start()
        isStarted = true
      }),
    stop: () =>
      runInTurn(async () => {
        isStarted = false
        await worker.stop()
        await store.flush?.()
      }),
    sendDue,
    ...createWatch({ store, clock, guard, isStarted: () => isStarted }),
    inspect: createInspect({ store, keyOf: contracts.keyOf }),
    deliveries: async (filter) => store.query(checkFilter(filter, 'deliveries')),
    declarationOf: contracts.find,
  }
}

function refuseWebhooks(): never {
  throw new SenderError(
    'option',
    'webhooks were left out of the bundle: remove __RINGBACK_WEBHOOKS__ from the constants that the bundler defines',
  )
}
