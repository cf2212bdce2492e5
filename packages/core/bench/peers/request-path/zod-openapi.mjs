import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { answerQuestions } from '../../request-path/measure.ts'

const Invoice = z.object({
  id: z.string(),
  title: z.string().nullish(),
  customer: z.string(),
  total: z.number(),
})
const Received = z.object({
  msg: z.string(),
  id: z.string(),
  total: z.number(),
  notify: z.string().optional(),
})
const Found = z.object({
  id: z.string(),
  fields: z.string().optional(),
  currency: z.string().optional(),
  total: z.number(),
})

const json = (schema) => ({ content: { 'application/json': { schema } } })
const answers = (schema) => ({ 200: { description: 'OK', ...json(schema) } })

const app = new OpenAPIHono()
  .openapi(
    createRoute({
      method: 'post',
      path: '/invoices',
      request: {
        query: z.object({ callback_url: z.url().optional() }),
        body: { ...json(Invoice), required: true },
      },
      responses: answers(Received),
    }),
    (c) => {
      const { id, total } = c.req.valid('json')
      const { callback_url: notify } = c.req.valid('query')
      return c.json({ msg: 'Invoice received', id, total, notify }, 200)
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/invoices/{id}',
      request: {
        params: z.object({ id: z.string().min(1) }),
        query: z.object({
          fields: z.string().optional(),
          currency: z.string().length(3).optional(),
        }),
      },
      responses: answers(Found),
    }),
    (c) => {
      const { fields, currency } = c.req.valid('query')
      return c.json({ id: c.req.valid('param').id, fields, currency, total: 9999 }, 200)
    },
  )

answerQuestions(app)
