import { callback, route } from '../../src/index.ts'
import { Found, GetQuery, Invoice, Params, PostQuery, Received } from './schemas.ts'

const paid = callback('post', '{$request.query.callback_url}').body(Received).response(204)

export const operations = [
  route('post', '/invoices')
    .query(PostQuery)
    .body(Invoice)
    .response(200, Received)
    .handle((c) => {
      const { id, total } = c.req.valid('json')
      const { callback_url: notify } = c.req.valid('query')
      return c.json({ msg: 'Invoice received', id, total, notify }, 200)
    }),
  route('post', '/orders')
    .query(PostQuery)
    .body(Invoice)
    .response(200, Received)
    .callback('paid', paid)
    .handle(async (c, { callbacks }) => {
      const { id, total } = c.req.valid('json')
      if (total < 0) await callbacks.paid.send({ msg: 'Invoice credited', id, total })
      const { callback_url: notify } = c.req.valid('query')
      return c.json({ msg: 'Invoice received', id, total, notify }, 200)
    }),
  route('get', '/invoices/:id')
    .params(Params)
    .query(GetQuery)
    .response(200, Found)
    .handle((c) => {
      const { fields, currency } = c.req.valid('query')
      return c.json({ id: c.req.valid('param').id, fields, currency, total: 9999 }, 200)
    }),
] as const
