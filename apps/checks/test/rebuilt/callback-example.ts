// The specification's example of a callback, with our builders.
import { callback, route } from '@ringback/core'
import { document } from '@ringback/core/document'
import * as v from 'valibot'

const onData = callback('post', '{$request.query.callbackUrl}/data')
  .summary('Data')
  .body(
    v.object({
      timestamp: v.optional(v.pipe(v.string(), v.isoTimestamp())),
      userData: v.optional(v.string()),
    }),
    { description: 'subscription payload' },
  )
  .response(202, undefined, {
    description:
      'Your server implementation should return this HTTP status code if the data was received successfully',
  })
  .response(204, undefined, {
    description:
      'Your server should return this HTTP status code if no longer interested in further updates',
  })

const subscribe = route('post', '/streams')
  .summary('Subscribe')
  .description('subscribes a client to receive out-of-band data')
  .query(
    v.object({
      callbackUrl: v.pipe(
        v.string(),
        v.url(),
        v.examples(['https://tonys-server.com']),
        v.description(
          'the location where data will be sent.  Must be network accessible by the source server',
        ),
      ),
    }),
  )
  .response(
    201,
    v.pipe(
      v.object({
        subscriptionId: v.pipe(
          v.string(),
          v.description('this unique identifier allows management of the subscription'),
          v.examples(['2531329f-fb09-4ef7-887e-84e648214436']),
        ),
      }),
      v.description('subscription information'),
    ),
    { description: 'subscription successfully created' },
  )
  .callback('onData', onData)
  .handle((c) => c.json({ subscriptionId: crypto.randomUUID() }, 201))

export const callbackExample = (openapi: '3.1' | '3.2') =>
  document({ openapi, info: { title: 'Callback Example', version: '1.0.0' } }, [subscribe])
