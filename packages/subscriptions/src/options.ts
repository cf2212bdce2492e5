import type { AnyWebhook, SecurityAlternatives, SecurityScheme } from '@ringback/core'
import type { Sender } from '@ringback/sender'
import type { Context } from 'hono'
import type { Authorize } from './authorize.ts'

/** The members of a sender that the operations call. */
export type SubscriptionSender = Pick<
  Sender,
  'endpoints' | 'deliveries' | 'redrive' | 'recover' | 'replay'
>

/** A sender, or a function of the request that gives it, as `createApi` takes them. */
export type SubscriptionSenderOf = SubscriptionSender | ((c: Context) => SubscriptionSender)

/** Options of `subscriptions`. */
export interface SubscriptionsOptions<TPrefix extends string = '/endpoints'> {
  /** Gives the owner of a request's endpoints: nothing of another owner is read or changed. */
  readonly authorize: Authorize
  /** The webhooks that endpoints can listen to: those of `createApi`. */
  readonly webhooks: readonly AnyWebhook[]
  /** The path of the endpoints, in Hono's syntax; `/endpoints` by default. */
  readonly prefix?: TPrefix
  /** The tags of the operations in the document. */
  readonly tags?: readonly string[]
  /** How callers authenticate: documented, and enforced before `authorize`. */
  readonly security?: readonly (SecurityScheme | SecurityAlternatives)[]
  /** Whether a URL must answer a challenge before it is registered; false by default. */
  readonly verify?: boolean
}
