import type { CallbackMessage, CallbackMethods, Delivery } from '@ringback/core'
import type { Events } from '../operate/events.ts'
import type { Tracer } from '../operate/tracer.ts'
import { toDelivery } from '../store/apply-change.ts'
import type { DeliveryStore, StoredDelivery } from '../store/delivery-store.ts'
import type { EgressPolicy } from '../transport/egress/policy.ts'
import { withSignal } from '../work/stop.ts'
import type { Transport } from '../work/transport.ts'
import type { Worker } from '../work/worker.ts'
import { addressDraft } from './address-draft.ts'
import type { Draft } from './create-draft.ts'
import { checkExchangePlace, keepExchange } from './keep-exchange.ts'
import { makeCall } from './make-call.ts'
import { prepareDelivery } from './prepare-delivery.ts'
import { resolveDuplicate } from './resolve-duplicate.ts'
import { traceSend } from './trace-send.ts'

/** The dependencies of the callback methods. */
export interface CallbackMethodsOptions {
  readonly store: DeliveryStore
  readonly events: Events
  readonly transport: Transport
  readonly policy: EgressPolicy
  readonly tracer: Tracer | undefined
  readonly worker: Pick<Worker, 'wake' | 'call'>
  /** Resolves once the transport is known to guard its connections. */
  readonly guard: () => Promise<void>
  readonly draft: (message: CallbackMessage) => Promise<Draft>
  /** Called after a delivery that will be sent was stored. */
  readonly onScheduled: (delivery: Delivery) => void
}

/** The methods of a sender that handlers use. */
export type SendMethods = Omit<CallbackMethods, 'remember' | 'warn'>

/** Makes the methods of a sender that handlers use. */
export function createCallbackMethods(options: CallbackMethodsOptions): SendMethods {
  const { store, events, transport, policy, worker, guard, draft, onScheduled } = options
  const { tracer } = options
  const address = async (message: CallbackMessage) =>
    addressDraft(await draft(message), message, policy)

  /** Stores a delivery and emits it, unless its dedupeKey belongs to a stored one. */
  const enqueue = async (delivery: StoredDelivery): Promise<Delivery> => {
    // a request that asked for no callback leaves no row behind
    const isSkipped = delivery.state === 'skipped'
    const traced = traceSend(tracer, delivery)
    try {
      const result = isSkipped ? undefined : await store.enqueue(traced.delivery)
      const visible = result ? resolveDuplicate(delivery, result) : toDelivery(delivery)
      traced.end({ delivery: visible })
      if (result?.kind !== 'duplicate') events.emit({ delivery: visible })
      return visible
    } catch (error) {
      traced.end({ error })
      throw error
    }
  }
  const enqueueAndSend = async (delivery: StoredDelivery): Promise<Delivery> => {
    const stored = await enqueue(delivery)
    if (stored.state === 'scheduled') onScheduled(stored)
    return stored
  }

  return {
    send: async (message) => enqueueAndSend(await address(message)),

    async stage(message) {
      const staged = await draft(message)
      return {
        delivery: toDelivery({ ...staged.delivery, state: 'staged' }),
        release: (exchange) =>
          enqueueAndSend(addressDraft(staged, { ...message, exchange }, policy)),
      }
    },

    keepExchange: (exchange) => keepExchange(store, exchange),
    checkExchangePlace: (place) => checkExchangePlace(store, place),

    prepare: async (message) =>
      prepareDelivery(await address(message), { store, tracer, onScheduled }),

    async call(message, signal) {
      const delivery = await address(message)
      if (delivery.state !== 'scheduled') {
        const detail = delivery.detail ?? delivery.state
        return { ok: false, detail, delivery: await enqueue(delivery) }
      }
      await guard()
      return worker.call(delivery, (stopped) => {
        const stop = signal ? withSignal(stopped, signal) : stopped
        return makeCall(message, delivery, { store, events, transport, stop })
      })
    },
  }
}
