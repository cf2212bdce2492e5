// The orders API: an order and its callbacks are stored in one transaction, in PostgreSQL.
import { callback, createApi, group } from '@ringback/core'
import { reference } from '@ringback/reference'
import type { Sender } from '@ringback/sender'
import type { Pool } from 'pg'
import * as v from 'valibot'

const Paid = v.object({ order: v.string(), total: v.number() })
const Shipped = v.object({ order: v.string(), parcels: v.array(v.string()) })
const Received = v.object({ ok: v.boolean() })

/** Sent when an order is paid, to the URL that the shop gives in a header. */
export const payment = callback(
  'post',
  '{$request.header.x-shop-url}/orders/{$request.body#/id}/paid',
)
  .summary('An order is paid')
  .body(Paid)
  .response(200, Received)

/** Sent when an order is shipped; the path of the request is part of the URL. */
export const shipping = callback(
  'post',
  '{$request.header.x-shop-url}/orders/{$request.path.id}/shipped',
)
  .summary('An order is shipped')
  .body(Shipped)
  .response(200, Received)

const orders = group({ prefix: '/orders', tags: ['orders'] })

/** Creates the API; several processes may each have one, on one database. */
export function createOrdersApi(pool: Pool, sender: Sender) {
  const createOrder = orders
    .route('post', '/')
    .summary('Create an order, and take its payment')
    .headers(v.object({ 'x-shop-url': v.pipe(v.string(), v.url()) }))
    .body(v.object({ id: v.string(), total: v.number() }))
    .response(201, v.object({ id: v.string() }))
    .callback('payment', payment)
    .handle(async (c, { callbacks }) => {
      const { id, total } = c.req.valid('json')
      const prepared = await callbacks.payment.prepare({ order: id, total })
      const client = await pool.connect()
      try {
        await client.query('BEGIN')
        await client.query('INSERT INTO customer_order (id, total) VALUES ($1, $2)', [id, total])
        await prepared.enqueue(client)
        await client.query('COMMIT')
      } catch (error) {
        await client.query('ROLLBACK')
        throw error
      } finally {
        client.release()
      }
      return c.json({ id }, 201)
    })

  const shipOrder = orders
    .route('put', '/:id/shipment')
    .summary('Ship an order')
    .headers(v.object({ 'x-shop-url': v.pipe(v.string(), v.url()) }))
    .body(v.object({ parcels: v.array(v.string()) }))
    .response(204)
    .callback('shipping', shipping)
    .handle(async (c, { callbacks }) => {
      const { parcels } = c.req.valid('json')
      // after the payment of the same order
      await callbacks.shipping.send({ order: c.req.param('id'), parcels })
      return c.body(null, 204)
    })

  return createApi(
    {
      info: { title: 'Orders', version: '1.0.0' },
      sender,
      document: '/openapi.json',
      reference: reference('/reference'),
    },
    [createOrder, shipOrder],
  )
}

/** Creates the application's own table. */
export async function createOrderTable(pool: Pool): Promise<void> {
  await pool.query(
    'CREATE TABLE IF NOT EXISTS customer_order (id text PRIMARY KEY, total float8 NOT NULL)',
  )
}
