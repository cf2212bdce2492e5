import { document } from '../../src/document.ts'
import { route } from '../../src/index.ts'
import { countAsked, tellCost } from './measure.ts'
import { schemasOf } from './schemas.ts'

// what hono-openapi-body-and-answer.mjs describes, and nothing else
const all = Array.from({ length: countAsked() }, (_, index) => {
  const { body, response } = schemasOf(index)
  return route('post', `/invoices${index}`)
    .summary(`Operation ${index}`)
    .body(body)
    .response(200, response)
    .handle((c) => c.json({ id: '1' }, 200))
})

await tellCost(() => document({ info: { title: 'Bench', version: '1.0.0' } }, all))
