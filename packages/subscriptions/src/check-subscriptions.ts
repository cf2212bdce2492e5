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
  if (typeof options !== 'object' || options === null) {
    refuse('takes its options in an object: give { authorize, webhooks }')
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
  const { webhooks, prefix, tags, security, verify } = options
  const isWebhook = (one: unknown) => isText(Reflect.get(Object(one), '~definition')?.name)
  if (!Array.isArray(webhooks) || webhooks.length === 0 || !webhooks.every(isWebhook)) {
    refuse('needs the option webhooks, the list that createApi has: [invoicePaid]')
  }
  if (prefix !== undefined && !isText(prefix))
    refuse("takes as prefix a path, such as '/endpoints'")
  if (tags !== undefined && !(Array.isArray(tags) && tags.every(isText))) {
    refuse("takes as tags a list of text, such as ['Endpoints']")
  }
  if (security !== undefined && !Array.isArray(security)) {
    refuse('takes as security a list, such as [securityScheme(…)]')
  }
  if (verify !== undefined && typeof verify !== 'boolean') refuse('takes as verify true or false')
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function refuse(problem: string): never {
  throw new CoreError('option', `subscriptions ${problem}`)
}
