import type { CallbackMessage, CallbackSender, Delivery } from '@ringback/core'
import { SenderError } from '../errors.ts'
import type { Events } from '../operate/events.ts'
import { toDelivery } from '../store/apply-change.ts'
import type { DeliveryStore, EnqueueResult, StoredDelivery } from '../store/delivery-store.ts'
import type { EgressPolicy } from '../transport/egress/policy.ts'
import type { Contracts } from '../work/contracts.ts'
import type { Transport } from '../work/make-attempt.ts'
import type { Worker } from '../work/worker.ts'
import { addressDraft } from './address-draft.ts'
import type { Draft } from './create-draft.ts'
import { checkExchangePlace, keepExchange } from './keep-exchange.ts'
import { makeCall } from './make-call.ts'

/** What callbacks are sent with. */
export interface CallbackMethodsOptions {
  readonly store: DeliveryStore
  readonly events: Events
  readonly contracts: Contracts
  readonly transport: Transport
  readonly policy: EgressPolicy
  readonly worker: Pick<Worker, 'wake' | 'track'>
  /** Resolves once the transport is known to guard its connections. */
  readonly guard: () => Promise<void>
  readonly begin: (message: CallbackMessage) => Promise<Draft>
  /** Something is stored that is to be sent. */
  readonly onScheduled: () => void
}

/** Makes the part of a sender that handlers use. */
export function createCallbackMethods(options: CallbackMethodsOptions): CallbackSender {
  const { store, events, contracts, transport, policy, worker, guard, begin, onScheduled } = options
  const addressed = async (message: CallbackMessage) =>
    addressDraft(await begin(message), message, policy)
  /** Stores and tells it, unless its dedupeKey stands for one that is stored already. */
  const keep = async (stored: StoredDelivery): Promise<Delivery> => {
    // a request that asked for no callback leaves no row behind
    const kept = stored.state === 'skipped' ? stored : keptOf(stored, await store.enqueue(stored))
    const delivery = toDelivery(kept)
    if (kept === stored) events.emit({ delivery })
    return delivery
  }
  const post = async (stored: StoredDelivery): Promise<Delivery> => {
    const delivery = await keep(stored)
    if (delivery.state === 'scheduled') onScheduled()
    return delivery
  }

  return {
    remember: (contract) => contracts.remember(contract),

    send: async (message) => post(await addressed(message)),

    async stage(message) {
      const begun = await begin(message)
      return {
        delivery: toDelivery({ ...begun.delivery, state: 'staged' }),
        release: (exchange) => post(addressDraft(begun, { ...message, exchange }, policy)),
      }
    },

    keep: (exchange) => keepExchange(store, exchange),
    mayKeep: (place) => checkExchangePlace(store, place),

    async prepare(message) {
      const stored = await addressed(message)
      const delivery = toDelivery(stored)
      return {
        delivery,
        enqueue(transaction) {
          if (stored.state === 'skipped') return delivery
          if (store.enqueueIn === undefined) {
            throw new SenderError(
              'transaction',
              'this store cannot write in a transaction of yours: use one that can, as sqliteStore',
            )
          }
          const kept = keptOf(stored, store.enqueueIn(transaction, stored))
          worker.wake() // at the end of this turn, when the transaction has ended
          return toDelivery(kept)
        },
      }
    },

    async call(message, signal) {
      const stored = await addressed(message)
      if (stored.state === 'scheduled') {
        await guard()
        return worker.track((stopped) => {
          const stop = signal ? AbortSignal.any([signal, stopped]) : stopped
          return makeCall(message, stored, { store, events, transport, stop })
        })
      }
      const delivery = await keep(stored)
      return { ok: false, detail: stored.detail ?? stored.state, delivery }
    },
  }
}

/**
 * What is stored then: the delivery itself, or the one that its dedupeKey stands for.
 *
 * @throws {SenderError} with `dedupe`
 */
function keptOf(stored: StoredDelivery, enqueued: EnqueueResult): Delivery | StoredDelivery {
  if (enqueued.kind === 'stored') return stored
  if (enqueued.kind === 'duplicate') return enqueued.delivery
  throw new SenderError(
    'dedupe',
    `the dedupeKey '${stored.dedupeKey}' stands for the delivery '${enqueued.delivery.id}', which has another payload or URL`,
  )
}
