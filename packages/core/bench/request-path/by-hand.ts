import { Hono } from 'hono'
import * as v from 'valibot'
import { answerQuestions } from './measure.ts'
import { GetQuery, Invoice, Params, PostQuery } from './schemas.ts'

/** What would be written without us: no more checks than the schemas are. */
const app = new Hono()
  .post('/invoices', async (c) => {
    const query = v.safeParse(PostQuery, c.req.query())
    if (!query.success) return c.json({ errors: query.issues }, 422)
    const invoice = v.safeParse(Invoice, await c.req.json())
    if (!invoice.success) return c.json({ errors: invoice.issues }, 422)
    const { id, total } = invoice.output
    return c.json({ msg: 'Invoice received', id, total, notify: query.output.callback_url }, 200)
  })
  .post('/orders', async (c) => {
    const query = v.safeParse(PostQuery, c.req.query())
    if (!query.success) return c.json({ errors: query.issues }, 422)
    const invoice = v.safeParse(Invoice, await c.req.json())
    if (!invoice.success) return c.json({ errors: invoice.issues }, 422)
    const { id, total } = invoice.output
    return c.json({ msg: 'Invoice received', id, total, notify: query.output.callback_url }, 200)
  })
  .get('/invoices/:id', (c) => {
    const params = v.safeParse(Params, c.req.param())
    if (!params.success) return c.json({ errors: params.issues }, 422)
    const query = v.safeParse(GetQuery, c.req.query())
    if (!query.success) return c.json({ errors: query.issues }, 422)
    const { fields, currency } = query.output
    return c.json({ id: params.output.id, fields, currency, total: 9999 }, 200)
  })

answerQuestions(app)
