import { document } from '../../src/document.ts'
import { callback, route } from '../../src/index.ts'
import { countAsked, tellCost } from './measure.ts'
import { schemasOf } from './schemas.ts'

const operations = Array.from({ length: countAsked() }, (_, index) => {
  const { query, body, response, event, received } = schemasOf(index)
  const paid = callback('post', '{$request.query.callback_url}/invoices/{$request.body#/id}')
    .body(event)
    .response(200, received)
  return route('post', `/invoices${index}`)
    .summary(`Operation ${index}`)
    .query(query)
    .body(body)
    .response(200, response)
    .callback('paid', paid)
    .handle((c) => c.json({ id: '1' }, 200))
})

await tellCost(() => document({ info: { title: 'Bench', version: '1.0.0' } }, operations))
