// A subscription whose confirmation goes to a URL of the query and the body; who asks is in a header.
import { type ApiRuntimeOptions, callback, createApi, route } from '@ringback/core'
import * as v from 'valibot'

const confirmation = callback('post', '{$callback_url}/subscriptions/{$request.body#/email}')
  .summary('Confirms a subscription')
  .body(v.object({ user_id: v.string(), confirmed: v.boolean() }))
  .response(204)

const subscribe = route('post', '/subscriptions')
  .summary('Subscribe')
  .query(v.object({ callback_url: v.pipe(v.string(), v.url()) }))
  .headers(v.object({ user_id: v.string() }))
  .body(v.object({ email: v.pipe(v.string(), v.email()) }))
  .response(201, v.object({ msg: v.string() }))
  .callback('confirmation', confirmation)
  .handle(async (c, { callbacks }) => {
    const { user_id } = c.req.valid('header')
    await callbacks.confirmation.send({ user_id, confirmed: true })
    return c.json({ msg: 'Subscribed' }, 201)
  })

export const subscriptionsApi = (runtime: ApiRuntimeOptions) =>
  createApi(
    { info: { title: 'Subscriptions', version: '1.0.0' }, document: '/openapi.json', ...runtime },
    [subscribe],
  )
