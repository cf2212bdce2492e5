// An app, its client, and what else is made of operations.
import { type AnySchema, type Api, apiRuntime, createApi } from '@ringback/core'
import { document, fragment } from '@ringback/core/document'
import { Hono } from 'hono'
import { hc } from 'hono/client'
import type * as parcels from './groups.ts'
import { listParcels, moveParcel } from './groups.ts'
import {
  createOrder,
  getOrder,
  makePing,
  makeReader,
  orderShipped,
  problems,
  ticks,
  upload,
} from './operations.ts'

const info = { title: 'Orders', version: '1.0.0' }
export const operations = [createOrder, getOrder, upload, ticks, listParcels, moveParcel] as const
export const app = createApi({ info, problems, webhooks: [orderShipped] }, operations)
export type App = typeof app

export const makeApp = (title: string) =>
  createApi({ info: { ...info, title } }, [getOrder, makePing('db'), moveParcel])

/** Names where the types stand, so that the declaration repeats none of them. */
export const parcelsApp: Api<typeof parcels> = createApi({ info }, [moveParcel, listParcels])
export const parcelsClient: ReturnType<typeof hc<typeof parcelsApp>> =
  hc<typeof parcelsApp>('http://localhost')

export const makeReaderApp = <TSchema extends AnySchema>(schema: TSchema) => {
  const reader = makeReader(schema).handle(() => Promise.reject(new Error('not yet')))
  return createApi({ info }, [reader])
}

export const client = hc<App>('http://localhost')
export const makeClient = (origin: string) => hc<typeof app>(origin)
export const readOrder = (id: string) => client.orders[':id'].$get({ param: { id } })

export const runtime = apiRuntime({ publicUrl: 'https://a.example' })
export const byHand = new Hono().use(runtime).on('get', getOrder.paths, ...getOrder.handlers)
export const parent = new Hono().route('/v1', app)
export const { handlers, paths } = createOrder

export const openApi = document({ info }, operations)
export const part = fragment(getOrder)
