// A console over a sender whose receiver is a function, for the current test.
import { callback, createApi, route, webhook } from '@ringback/core'
import {
  createSender,
  type DeliveryStore,
  generateMasterKey,
  memoryStore,
  type SenderOptions,
} from '@ringback/sender'
import { Hono } from 'hono'
import * as v from 'valibot'
import { type ConsoleAccess, console as operatorConsole } from '../src/index.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

const paid = callback('post', '{$request.query.callback_url}/paid/{$request.body#/id}')
  .headers(v.object({ 'x-note': v.optional(v.string()) }))
  .body(v.object({ note: v.string() }))
  .response('2XX')

const createOrder = route('post', '/orders')
  .query(v.object({ callback_url: v.string() }))
  .body(v.object({ id: v.string(), note: v.string(), header: v.optional(v.string()) }))
  .response(204)
  .callback('paid', paid)
  .handle(async (c, { callbacks, exchange }) => {
    const { id, note, header } = c.req.valid('json')
    if (id.startsWith('kept')) await exchange.keep(id)
    const headers = header === undefined ? {} : { headers: { 'x-note': header } }
    await callbacks.paid.send({ note }, headers)
    return c.body(null, 204)
  })

export const orderPaid = webhook('post', 'order.paid')
  .body(v.object({ note: v.string() }))
  .response('2XX')

/** What a receiver responds. */
export type Receive = (request: Request) => Response | Promise<Response>

/** Options of a scene. */
export interface SceneOptions extends Partial<Omit<SenderOptions, 'fetch'>> {
  readonly store?: DeliveryStore
  readonly receive?: Receive
  /** Where the console is mounted. */
  readonly at?: string
}

/** Makes a sender, an API that sends callbacks, and a console, which does what the header x-access says. */
export function consoleScene({ receive, at = '/console', ...options }: SceneOptions = {}) {
  const sender = createSender({
    store: memoryStore(),
    secrets: [secret],
    masterKey: generateMasterKey(),
    egress: 'platform',
    log: false,
    schedule: [0],
    ...options,
    fetch: async (input, init) =>
      (await receive?.(new Request(input, init))) ?? new Response(null, { status: 204 }),
  })
  const api = createApi(
    {
      info: { title: 'Orders', version: '1' },
      sender,
      owner: (c) => c.req.header('x-owner') ?? 'ann',
    },
    [createOrder],
  )
  const authorize = (c: { req: { header(name: string): string | undefined } }): ConsoleAccess => {
    const access = c.req.header('x-access') ?? 'all'
    return access === 'all' || access === 'read' ? access : false
  }
  const app = new Hono().route(at, operatorConsole(sender, { authorize }))
  const request = (path: string, init: RequestInit & { readonly access?: string } = {}) => {
    const { access = 'all', headers, ...rest } = init
    return app.request(`http://admin.example${at}${path}`, {
      ...rest,
      headers: { 'x-access': access, ...(headers as Record<string, string>) },
    })
  }
  return {
    sender,
    app,
    request,
    /** Sends a callback, and gives its delivery. */
    async order(
      body: { readonly id: string; readonly note?: string; readonly header?: string },
      { url = 'https://receiver.example/hooks/hunter2', owner = 'ann' } = {},
    ) {
      const response = await api.request(`/orders?${new URLSearchParams({ callback_url: url })}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-owner': owner },
        body: JSON.stringify({ note: 'a note', ...body }),
      })
      if (response.status !== 204) throw new Error(await response.text())
      const [delivery] = await sender.deliveries({ limit: 1 })
      if (delivery === undefined) throw new Error('nothing was stored')
      return delivery
    },
    /** Reads a page as text. */
    read: async (path: string, access = 'all') => (await request(path, { access })).text(),
    /** Sends a form as the console's own page does. */
    post: (path: string, { access = 'all', body = '', ...headers }: Record<string, string> = {}) =>
      request(path, {
        method: 'POST',
        access,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          origin: 'http://admin.example',
          ...headers,
        },
        body,
      }),
  }
}
