import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { countAsked, tellCost } from '../../document/measure.ts'

// the shapes of ../../document/schemas.ts; it cannot describe callbacks
const json = (schema) => ({ content: { 'application/json': { schema } } })

const app = new OpenAPIHono()
for (let index = 0; index < countAsked(); index += 1) {
  const line = z.object({
    sku: z.string().max(40),
    [`quantity${index}`]: z.number().min(1),
    price: z.number().optional(),
  })
  const query = z.object({
    callback_url: z.url().optional(),
    [`dry${index}`]: z.enum(['yes', 'no']).optional(),
  })
  const body = z.object({
    id: z.string(),
    customer: z.string().min(1),
    [`note${index}`]: z.string().nullish(),
    lines: z.array(line),
  })
  const response = z.object({ id: z.string(), [`total${index}`]: z.number() })
  app.openapi(
    createRoute({
      method: 'post',
      path: `/invoices${index}`,
      summary: `Operation ${index}`,
      request: { query, body: { ...json(body), required: true } },
      responses: { 200: { description: 'OK', ...json(response) } },
    }),
    (c) => c.json({ id: '1' }, 200),
  )
}

const info = { title: 'Bench', version: '1.0.0' }
await tellCost(() => app.getOpenAPI31Document({ openapi: '3.1.1', info }))
