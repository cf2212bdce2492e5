import { CoreError } from '@ringback/core'
import type { SubscriptionSenderOf, SubscriptionsOptions } from './options.ts'

// the compiler compares it with the type
const OPTIONS = {
  authorize: 1,
  webhooks: 1,
  prefix: 1,
  tags: 1,
  security: 1,
  verify: 1,
} satisfies Record<keyof SubscriptionsOptions, 1>

/**
 * Refuses arguments that the compiler refuses too, for JavaScript.
 *
 * @throws {CoreError} with `option`
 */
export function checkSubscriptions(
  sender: SubscriptionSenderOf | undefined,
  options: Partial<SubscriptionsOptions<string>> = {},
): void {
  if (typeof sender !== 'function' && typeof sender?.endpoints !== 'object') {
    refuse('takes one of createSender(…) first, or a function (c) => createSender(…)')
  }
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(OPTIONS, name))
  if (unknown !== undefined) {
    refuse(`has no option '${unknown}'; its options are ${Object.keys(OPTIONS).join(', ')}`)
  }
  if (typeof options.authorize !== 'function') {
    refuse(
      'needs the option authorize, a function that gives the owner of a request: (c) => tenantOf(c). Without it, anybody could read the secrets of all',
    )
  }
  const { webhooks } = options
  if (!Array.isArray(webhooks) || webhooks.length === 0) {
    refuse('needs the option webhooks, the list that createApi has: [invoicePaid]')
  }
}

function refuse(problem: string): never {
  throw new CoreError('option', `subscriptions ${problem}`)
}
