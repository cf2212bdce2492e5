import { Hono } from 'hono'
import { describeRoute, generateSpecs, resolver, validator } from 'hono-openapi'
import * as v from 'valibot'
import { countAsked, tellCost } from '../../document/measure.ts'

// of ../../document/schemas.ts the body and the answer, of the valibot that the peers have
const app = new Hono()
for (let index = 0; index < countAsked(); index += 1) {
  const Line = v.object({
    sku: v.pipe(v.string(), v.maxLength(40)),
    [`quantity${index}`]: v.pipe(v.number(), v.minValue(1)),
    price: v.optional(v.number()),
  })
  const body = v.object({
    id: v.string(),
    customer: v.pipe(v.string(), v.minLength(1)),
    [`note${index}`]: v.nullish(v.string()),
    lines: v.array(Line),
  })
  const response = v.object({ id: v.string(), [`total${index}`]: v.number() })
  app.post(
    `/invoices${index}`,
    describeRoute({
      summary: `Operation ${index}`,
      responses: {
        200: { description: 'OK', content: { 'application/json': { schema: resolver(response) } } },
      },
    }),
    validator('json', body),
    (c) => c.json({ id: '1' }, 200),
  )
}

const info = { title: 'Bench', version: '1.0.0' }
await tellCost(() => generateSpecs(app, { documentation: { info } }))
