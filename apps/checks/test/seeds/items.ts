// The guide to webhooks: register a URL, create an item, and every registered URL gets it in the background.
import { createApi, route, webhook } from '@ringback/core'
import type { Sender } from '@ringback/sender'
import { subscriptions } from '@ringback/subscriptions'
import * as v from 'valibot'

const Item = v.object({ id: v.string(), name: v.string(), price: v.number() })

export const itemCreated = webhook('post', 'item.created')
  .summary('An item was created')
  .body(Item)
  .response('2XX')
export const itemDeleted = webhook('post', 'item.deleted')
  .summary('An item was deleted')
  .body(v.object({ id: v.string() }))
  .response('2XX')

const webhooks = [itemCreated, itemDeleted]

/** The API; a caller is the tenant that its header names. */
export const itemsApi = ({ sender }: { readonly sender: Sender }) => {
  const createItem = route('post', '/items')
    .summary('Create an item')
    .headers(v.object({ 'x-tenant': v.string() }))
    .body(Item)
    .response(201, Item)
    .handle(async (c) => {
      const item = c.req.valid('json')
      await sender.publish(itemCreated, item, { owner: c.req.valid('header')['x-tenant'] })
      return c.json(item, 201)
    })

  return createApi(
    { info: { title: 'Items', version: '1.0.0' }, webhooks, sender, document: '/openapi.json' },
    [
      createItem,
      ...subscriptions(sender, {
        authorize: (c) => c.req.header('x-tenant'),
        webhooks,
        prefix: '/webhooks',
      }),
    ],
  )
}
