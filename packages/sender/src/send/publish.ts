import type {
  AnySchema,
  AnyWebhook,
  InputOf,
  MessageParts,
  SendOptions,
  WebhookDefinition,
} from '@ringback/core'
import { patternsFor } from '../endpoints/event-names.ts'
import { missingMasterKey } from '../endpoints/open-target.ts'
import { storeOf } from '../endpoints/store-of.ts'
import { SenderError } from '../errors.ts'
import type { Tracer } from '../operate/tracer.ts'
import { toDelivery, type Writable } from '../store/apply-change.ts'
import type { DeliverySettings, DeliveryStore } from '../store/delivery-store.ts'
import type { PublishResult, StoredMessage } from '../store/endpoint-store.ts'
import type { Draft } from './create-draft.ts'
import type { DraftMessage } from './draft-message.ts'
import { traceSend } from './trace-send.ts'

/** A message that is published: the ids of its deliveries begin with its own. */
export interface Published {
  readonly id: string
  /** How many endpoints it goes to. */
  readonly count: number
}

/** The options of one `publish`: whose endpoints get it, and the options of `send`. */
export interface PublishOptions extends SendOptions {
  readonly owner: string
}

/** A message that is validated and serialized, but not stored yet. */
export interface PreparedPublish {
  /**
   * Stores it, with its deliveries, in the caller's transaction, and commits or rolls back with it: at once on a
   * connection of `node:sqlite`, elsewhere as a promise.
   */
  enqueue<TTransaction>(transaction: TTransaction): InTransaction<TTransaction, Published>
}

/** The result of a write in a transaction: a promise, unless the connection executes SQL synchronously. */
export type InTransaction<TTransaction, TResult> = TTransaction extends {
  exec(sql: string): infer TExecuted
}
  ? TExecuted extends PromiseLike<unknown>
    ? Promise<TResult>
    : TResult
  : Promise<TResult>

/** The payload of a webhook; `undefined` for one without a body. */
export type PayloadOf<TWebhook> = TWebhook extends {
  readonly '~types'?: { readonly request: infer TRequest }
}
  ? TRequest extends { readonly body: infer TSchema extends AnySchema }
    ? InputOf<TSchema>
    : undefined
  : never

/** The headers and the query that a webhook declares, each optional if its schema takes an empty object. */
export type PublishedParts<TWebhook> = TWebhook extends {
  readonly '~types'?: { readonly request: infer TRequest }
}
  ? PartIn<TRequest, 'headers'> & PartIn<TRequest, 'query'>
  : unknown

type PartIn<TRequest, TName extends keyof MessageParts> = TRequest extends {
  readonly [TKey in TName]: infer TSchema extends AnySchema
}
  ? {} extends InputOf<TSchema>
    ? { readonly [TKey in TName]?: InputOf<TSchema> }
    : { readonly [TKey in TName]: InputOf<TSchema> }
  : unknown

/** Publishes webhooks to the endpoints of an owner. */
export interface Publishing {
  /**
   * Stores a message and a delivery for each endpoint of the owner that listens to the webhook, all of them or none, and
   * does not wait for the network. An endpoint that the application has disabled gets it once it is enabled.
   *
   * @example
   * await sender.publish(invoicePaid, { id: 'in_1', amount: 12 }, { owner: 'ann' })
   *
   * @throws {SenderError} with `payload`, `dedupe`, or `option`
   */
  publish<TWebhook extends AnyWebhook>(
    webhook: TWebhook,
    payload: PayloadOf<TWebhook>,
    options: PublishOptions & PublishedParts<TWebhook>,
  ): Promise<Published>
  /**
   * Validates and serializes a message, which `enqueue(transaction)` stores in the caller's transaction.
   *
   * @throws {SenderError} with `payload` or `option`
   */
  preparePublish<TWebhook extends AnyWebhook>(
    webhook: TWebhook,
    payload: PayloadOf<TWebhook>,
    options: PublishOptions & PublishedParts<TWebhook>,
  ): Promise<PreparedPublish>
}

/** The dependencies of publishing. */
export interface PublishingOptions {
  readonly store: DeliveryStore
  readonly tracer: Tracer | undefined
  /** Whether there is a master key, without which nothing can be signed. */
  readonly hasKey: boolean
  readonly draft: (message: DraftMessage) => Promise<Draft>
  /** Remembers the responses that a webhook declares. */
  readonly remember: (name: string, webhook: WebhookDefinition) => void
  /** Called after a message was stored, or is about to be, that goes to so many endpoints. */
  readonly onPublished: (message: StoredMessage, count: number) => void
}

/** Makes the methods that publish. */
export function createPublishing(options: PublishingOptions): Publishing {
  const { store, draft, onPublished } = options

  const write = async (
    declared: AnyWebhook,
    payload: unknown,
    published: PublishOptions & MessageParts,
  ): Promise<StoredMessage> => {
    if (!options.hasKey) throw missingMasterKey()
    const webhook = definitionOf(declared)
    // JavaScript may give no options, and '' is the owner of no endpoint
    if (typeof published?.owner !== 'string' || published.owner === '') {
      throw new SenderError(
        'option',
        'publish needs the owner whose endpoints get the webhook: give { owner }',
      )
    }
    const { owner, ...given } = published
    const { name } = webhook
    options.remember(name, webhook)
    const message = { owner, operationId: '', name, callback: webhook, payload, options: given }
    return toMessage(await draft(message))
  }
  /** Traces the write of a message, as that of a delivery that goes to nobody in particular. */
  const trace = (message: StoredMessage) => {
    const whole = { ...message, attemptCount: 0, refusals: 0, state: 'scheduled' } as const
    const { delivery, end } = traceSend(options.tracer, whole)
    return {
      traced: delivery.settings ? { ...message, settings: delivery.settings } : message,
      end: ({ id, count }: Published) =>
        end({ delivery: toDelivery({ ...whole, id, state: count > 0 ? 'scheduled' : 'skipped' }) }),
      fail(error: unknown): never {
        end({ error })
        throw error
      },
    }
  }
  const finish = (
    message: StoredMessage,
    result: PublishResult,
    end: (published: Published) => void,
  ): Published => {
    const { kind, id, count } = result
    if (kind === 'conflict') {
      throw new SenderError(
        'dedupe',
        `the dedupeKey '${message.dedupeKey}' belongs to the message '${id}', which has another payload, query or headers: use another key`,
      )
    }
    end({ id, count })
    if (count > 0) onPublished(message, count)
    return { id, count }
  }

  return {
    async publish(webhook, payload, given) {
      const message = await write(webhook, payload, given)
      const patterns = patternsFor(message.callback)
      const { traced, end, fail } = trace(message)
      try {
        return finish(message, await storeOf(store).publish(traced, patterns), end)
      } catch (error) {
        return fail(error)
      }
    },

    async preparePublish(webhook, payload, given) {
      const message = await write(webhook, payload, given)
      return {
        // a store that needs a promise is not one of node:sqlite, whose connections alone are synchronous
        enqueue: ((transaction: unknown) => {
          const { publishIn } = storeOf(store)
          if (publishIn === undefined) {
            throw new SenderError(
              'transaction',
              "this store cannot write in the caller's transaction: use one that can, such as sqliteStore",
            )
          }
          const { traced, end, fail } = trace(message)
          try {
            const result = publishIn(transaction, traced, patternsFor(message.callback))
            return result instanceof Promise
              ? result.then((later) => finish(message, later, end)).catch(fail)
              : finish(message, result, end)
          } catch (error) {
            return fail(error)
          }
        }) as PreparedPublish['enqueue'],
      }
    },
  }
}

/** Gives the definition of a webhook; JavaScript may pass its name, or a callback. */
function definitionOf(declared: AnyWebhook): WebhookDefinition {
  const definition = declared?.['~definition']
  if (typeof definition?.name === 'string') return definition
  throw new SenderError(
    'option',
    "publish takes a webhook first, such as webhook('post', 'invoice.paid'): its name alone says nothing of its payload, and a callback is sent by callbacks.NAME.send(payload)",
  )
}

function toMessage({ delivery, dueAt, query }: Draft): StoredMessage {
  const { attemptCount: _attempts, refusals: _refusals, settings = {}, ...message } = delivery
  const sent: Writable<DeliverySettings> = { ...settings }
  if (query !== undefined) sent.query = query
  return { ...message, dueAt, ...(Object.keys(sent).length > 0 && { settings: sent }) }
}
