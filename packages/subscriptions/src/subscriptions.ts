import { checkSubscriptions } from './check-subscriptions.ts'
import { deliveryOperations } from './delivery-operations.ts'
import { endpointOperations } from './endpoint-operations.ts'
import type { SubscriptionOperations } from './operation-types.ts'
import type { SubscriptionSenderOf, SubscriptionsOptions } from './options.ts'
import { secretOperations } from './secret-operations.ts'
import { start } from './start.ts'

/**
 * Makes the operations by which the users of an API manage their endpoints for its webhooks: create, list, read, change,
 * delete, enable, disable, rotate and read the secret, test, list deliveries with their attempts, and send them again.
 * Each reads and changes only endpoints of the owner that `authorize` gives; another's do not exist for it.
 *
 * @example
 * const app = createApi({ info, sender, webhooks, document: '/openapi.json' }, [
 *   createItem,
 *   ...subscriptions(sender, { authorize: (c) => tenantOf(c), webhooks }),
 * ])
 *
 * @throws {CoreError} with `option` for a missing or unknown option, and `path` for an invalid prefix
 * @see https://spec.openapis.org/oas/v3.1.1.html#oas-webhooks
 */
export function subscriptions<const TPrefix extends string = '/endpoints'>(
  sender: SubscriptionSenderOf,
  options: SubscriptionsOptions<TPrefix>,
): SubscriptionOperations<TPrefix> {
  checkSubscriptions(sender, options)
  const { webhooks, verify = false } = options
  const names = [...new Set(webhooks.map((one) => one['~definition'].name))]
  const shared = start(sender, options)
  const operations = [
    ...endpointOperations(shared, { names, verify }),
    ...secretOperations(shared),
    ...deliveryOperations(shared),
  ]
  // the only cast: the prefix is text inside, and its type is known here
  return operations as unknown as SubscriptionOperations<TPrefix>
}
