// A group of operations under one prefix and tag, with the callback that each of them sends.
import { type ApiRuntimeOptions, callback, createApi, group } from '@ringback/core'
import * as v from 'valibot'

const Event = v.object({ kind: v.string(), id: v.string() })
const event = callback('post', '{$callback_url}/events')
  .summary('Something happened')
  .body(Event)
  .response('2XX')

const webhooks = group({ prefix: '/webhooks', tags: ['webhooks'], callbacks: { event } })

const trigger = webhooks
  .route('post', '/')
  .summary('Make something happen')
  .query(v.object({ callback_url: v.pipe(v.string(), v.url()) }))
  .body(Event)
  .response(202)
  .handle(async (c, { callbacks }) => {
    await callbacks.event.send(c.req.valid('json'))
    return c.body(null, 202)
  })

export const webhooksApi = (runtime: ApiRuntimeOptions) =>
  createApi(
    {
      info: { title: 'Webhooks', version: '1.0.0' },
      tags: [{ name: 'webhooks', description: 'What happened' }],
      document: '/openapi.json',
      ...runtime,
    },
    [trigger],
  )
