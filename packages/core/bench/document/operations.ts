import { type AnyOperation, callback, route } from '../../src/index.ts'
import { schemasOf } from './schemas.ts'

/** Operations, each with schemas of its own. */
export function operations(count: number, { callbacks }: { callbacks: boolean }): AnyOperation[] {
  return Array.from({ length: count }, (_, index) => {
    const { query, body, response, event, received } = schemasOf(index)
    const declared = route('post', `/invoices${index}`)
      .summary(`Operation ${index}`)
      .query(query)
      .body(body)
      .response(200, response)
    if (!callbacks) return declared.handle((c) => c.json({ id: '1' }, 200))
    const paid = callback('post', '{$request.query.callback_url}/invoices/{$request.body#/id}')
      .body(event)
      .response(200, received)
    return declared.callback('paid', paid).handle((c) => c.json({ id: '1' }, 200))
  })
}
