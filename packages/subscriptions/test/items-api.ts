import { createApi, webhook } from '@ringback/core'
import type { Hono } from 'hono'
import * as v from 'valibot'
import { subscriptions } from '../src/subscriptions.ts'
import { type FakeSender, fakeSender } from './fake-sender.ts'

/** The webhooks of the API. */
export const webhooks = [
  webhook('post', 'invoice.paid')
    .body(v.object({ id: v.string() }))
    .response(204),
  webhook('post', 'itemCreated').body(v.object({})).response(204),
]

export const info = { title: 'Items', version: '1.0.0' }

/** The URL of the endpoints. */
export const url = 'https://example.com/webhooks'

/** A time range, as a body. */
export const range = { since: '2026-01-01T00:00:00Z', until: '2026-01-02T00:00:00Z' }

/** A response, and its body read. */
export interface Asked {
  readonly response: Response
  readonly status: number
  /** As untyped as `response.json()`: each test knows what it has asked for. */
  readonly body: Awaited<ReturnType<Response['json']>>
}

/** An API over a fake sender, whose caller is the tenant that a header names. */
export interface ItemsApi {
  readonly sender: FakeSender
  readonly app: Hono
  /** Sends a request as a tenant. */
  ask(
    method: string,
    path: string,
    given?: { readonly tenant?: string; readonly body?: unknown },
  ): Promise<Asked>
  /** Registers the URL. */
  create(fields?: object, tenant?: string): Promise<Asked>
}

/** Makes the API. */
export function itemsApi(): ItemsApi {
  const sender = fakeSender()
  const app: Hono = createApi({ info, webhooks, document: '/openapi.json' }, [
    ...subscriptions(sender, { authorize: (c) => c.req.header('x-tenant'), webhooks }),
  ])
  const ask: ItemsApi['ask'] = async (method, path, { tenant = 'a', body } = {}) => {
    const isJson = body !== undefined
    const response = await app.request(path, {
      method,
      headers: { 'x-tenant': tenant, ...(isJson && { 'content-type': 'application/json' }) },
      ...(isJson && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { response, status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }
  const create: ItemsApi['create'] = (fields = {}, tenant = 'a') =>
    ask('POST', '/endpoints', { tenant, body: { url, ...fields } })
  return { sender, app, ask, create }
}
