// The specification's example of a webhook, with our builders.
import { namedSchema, webhook } from '@ringback/core'
import { document } from '@ringback/core/document'
import * as v from 'valibot'

const Pet = namedSchema(
  'Pet',
  v.object({ id: v.pipe(v.number(), v.integer()), name: v.string(), tag: v.optional(v.string()) }),
)

const newPet = webhook('post', 'newPet')
  .summary('A new pet')
  .body(Pet, { description: 'Information about a new pet in the system' })
  .response(200, undefined, {
    description: 'Return a 200 status to indicate that the data was received successfully',
  })

export const webhookExample = (openapi: '3.1' | '3.2') =>
  document(
    { openapi, info: { title: 'Webhook Example', version: '1.0.0' }, webhooks: [newPet] },
    [],
  )
