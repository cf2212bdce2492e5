import { Hono } from 'hono'
import { describeRoute, resolver, validator } from 'hono-openapi'
import { answerQuestions } from '../../request-path/measure.ts'
import { Found, GetQuery, Invoice, Params, PostQuery, Received } from './schemas.mjs'

const answers = (schema) =>
  describeRoute({
    responses: {
      200: { description: 'OK', content: { 'application/json': { schema: resolver(schema) } } },
    },
  })

const app = new Hono()
  .post(
    '/invoices',
    answers(Received),
    validator('query', PostQuery),
    validator('json', Invoice),
    (c) => {
      const { id, total } = c.req.valid('json')
      const { callback_url: notify } = c.req.valid('query')
      return c.json({ msg: 'Invoice received', id, total, notify }, 200)
    },
  )
  .get(
    '/invoices/:id',
    answers(Found),
    validator('param', Params),
    validator('query', GetQuery),
    (c) => {
      const { fields, currency } = c.req.valid('query')
      return c.json({ id: c.req.valid('param').id, fields, currency, total: 9999 }, 200)
    },
  )

answerQuestions(app)
