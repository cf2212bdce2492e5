import { type Group, group } from '@ringback/core'
import type { Context } from 'hono'
import { authorizeBy } from './authorize.ts'
import type { SubscriptionSender, SubscriptionSenderOf, SubscriptionsOptions } from './options.ts'

/** The parts that all operations share. */
export interface Start {
  /** Starts an operation on endpoints, whose caller is known. */
  readonly on: Group<string, { Variables: { owner: string } }, {}, {}>
  /** Gives the sender of a request, and the owner that it is limited to. */
  of(c: Context<{ Variables: { owner: string } }>): Caller
}

/** The sender of a request, and the owner whose endpoints it may see and change. */
export interface Caller {
  readonly sender: SubscriptionSender
  readonly scope: { readonly owner: string }
}

/** The media type of problems that a handler sends. */
export const PROBLEM: { readonly mediaType: 'application/problem+json' } = {
  mediaType: 'application/problem+json',
}

/** Makes the parts that all operations share. */
export function start(sender: SubscriptionSenderOf, options: SubscriptionsOptions<string>): Start {
  const { prefix = '/endpoints', tags, security, authorize } = options
  const on = group({
    prefix,
    ...(tags && { tags }),
    ...(security && { security }),
    use: [authorizeBy(authorize)],
  })
  return {
    on,
    of: (c) => ({
      sender: typeof sender === 'function' ? sender(c) : sender,
      scope: { owner: c.get('owner') },
    }),
  }
}
