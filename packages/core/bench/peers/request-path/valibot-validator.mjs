import { vValidator } from '@hono/valibot-validator'
import { Hono } from 'hono'
import { answerQuestions } from '../../request-path/measure.ts'
import { GetQuery, Invoice, Params, PostQuery } from './schemas.mjs'

const app = new Hono()
  .post('/invoices', vValidator('query', PostQuery), vValidator('json', Invoice), (c) => {
    const { id, total } = c.req.valid('json')
    const { callback_url: notify } = c.req.valid('query')
    return c.json({ msg: 'Invoice received', id, total, notify }, 200)
  })
  .get('/invoices/:id', vValidator('param', Params), vValidator('query', GetQuery), (c) => {
    const { fields, currency } = c.req.valid('query')
    return c.json({ id: c.req.valid('param').id, fields, currency, total: 9999 }, 200)
  })

answerQuestions(app)
