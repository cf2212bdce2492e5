import { describe, expect, it } from 'vitest'
import { evaluate } from './evaluate.ts'
import type { Exchange } from './exchange.ts'
import { parseExpression } from './parse-expression.ts'

const exchange: Exchange = {
  request: {
    method: 'POST',
    url: 'https://api.example.com/?tag=a&tag=b',
    pathParams: { id: '7' },
    headers: { 'X-Tag': ['a', 'b'] },
    body: { nul: null },
  },
}

describe('evaluate', () => {
  it.each([
    ['$request.query.tag', ['a', 'b']],
    ['$request.header.x-tag', 'a, b'],
    ['$request.path.id', '7'],
    ['$request.body#/nul', null],
  ])('gives the value of %s', (source, value) => {
    expect(evaluate(parseExpression(source), exchange)).toEqual({ ok: true, value })
  })

  it.each(['$response.body', '$statusCode', '$response.query.a', '$request.path.constructor'])(
    'finds nothing for %s',
    (source) => {
      expect(evaluate(parseExpression(source), exchange)).toEqual({
        ok: false,
        code: 'missing',
        expression: source,
        message: `'${source}' is missing or null; send a value, or declare a default`,
      })
    },
  )

  it.each([
    ['$request.query.tag', { query: ['tags'] }],
    ['$request.path.id', { path: [] }],
    ['$request.header.x-tag', { header: ['X-Tags'] }],
    ['$request.body', { body: false }],
    ['$request.body#/nul', { body: false }],
  ])('refuses %s where it is not declared', (source, declared) => {
    expect(evaluate(parseExpression(source), exchange, { declared })).toMatchObject({
      code: 'undeclared',
      expression: source,
    })
  })

  it.each([
    ['$request.query.tag', { query: ['tag'] }],
    ['$request.query.tag', { path: [] }],
    ['$request.header.x-tag', { header: ['X-TAG'] }],
    ['$request.body', { body: true }],
    ['$url', { path: [], query: [], header: [], body: false }],
  ])('reads %s where it is declared or not checked', (source, declared) => {
    expect(evaluate(parseExpression(source), exchange, { declared })).toMatchObject({ ok: true })
  })

  it('never checks a response', () => {
    const answered = { ...exchange, response: { status: 200, headers: { link: '/a' }, body: 1 } }
    const declared = { header: [], body: false }
    for (const source of ['$response.header.link', '$response.body']) {
      const resolution = evaluate(parseExpression(source), answered, { declared })
      expect(resolution).toMatchObject({ ok: true })
    }
  })
})
