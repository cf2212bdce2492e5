import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expression } from '../test/arbitraries.ts'
import { ExpressionError } from './errors.ts'
import { formatExpression, parseExpression } from './parse-expression.ts'

const FORM = 'write one such as $request.body#/name'
const POINTER = 'after #, write / before each name, ~0 for ~'

describe('parseExpression', () => {
  it.each([
    ['$url', { root: 'url' }],
    ['$METHOD', { root: 'method' }],
    ['$request.header.X-Order.Id', { root: 'request', source: 'header', name: 'x-order.id' }],
    ['$response.query.a#/b c', { root: 'response', source: 'query', name: 'a#/b c' }],
    ['$request.query.', { root: 'request', source: 'query', name: '' }],
    ['$request.path.a\\u0041\\"', { root: 'request', source: 'path', name: 'aA"' }],
    ['$request.body', { root: 'request', source: 'body', pointer: null }],
    ['$response.body#', { root: 'response', source: 'body', pointer: [] }],
    ['$request.body#/a~1b/~01', { root: 'request', source: 'body', pointer: ['a/b', '~1'] }],
  ])('reads %s', (source, expected) => {
    expect(parseExpression(source)).toEqual(expected)
  })

  it.each([
    '',
    '$',
    '$request',
    '$request.cookie.a',
    '$request.body#a',
    '$request.header.é',
    '$request.query.a\\x',
    '$request.query.a"',
    '$request.query."',
    '$url\n',
  ])('rejects %j', (source) => {
    expect(() => parseExpression(source)).toThrow(
      expect.objectContaining({ code: 'syntax', expression: source }),
    )
  })

  it.each([
    ['$request.body.user.id', "write '$request.body#/user/id'"],
    ['$response.body.m~n', "write '$response.body#/m~0n'"],
    ['$request.body#id', POINTER],
    ['$request.body#/a~2', POINTER],
    ['$callback_url', "write '$request.query.callback_url'"],
    ['$response.statusCode', FORM],
    ['request.body#/id', FORM],
    ['$request.header.a b', FORM],
    ['$request.query.a"b', FORM],
    ['$request.cookie.a', FORM],
  ])('says how %s is written', (source, remedy) => {
    expect(() => parseExpression(source)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/^'.*' is not a runtime expression; [^\n]+$/),
      }),
    )
    expect(() => parseExpression(source)).toThrow(remedy)
  })

  it('asks for braces where there are two expressions', () => {
    expect(() => parseExpression('$url/{$method}')).toThrow(
      "'$url/{$method}' mixes text and expressions; put each expression in braces",
    )
  })

  it('keeps a message short and on one line', () => {
    const error = new ExpressionError('syntax', `a\nb${'c'.repeat(10_000)}`)
    expect(error.message).toMatch(/^'a bc+' is not a runtime expression; /)
    expect(error.message.length).toBeLessThan(300)
    expect(() => parseExpression('$request.body.a\nb')).toThrow("'$request.body#/a b'")
  })

  it('keeps a query name as written', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\w.[\]#/ ]+$/), (name) => {
        expect(parseExpression(`$request.query.${name}`)).toMatchObject({ source: 'query', name })
      }),
    )
  })
})

describe('formatExpression', () => {
  it.each(['$url', '$statusCode', '$request.body', '$request.body#', '$response.body#/a~1b/~01'])(
    'writes %s',
    (source) => {
      expect(formatExpression(parseExpression(source))).toBe(source)
    },
  )

  it('is the reverse of parsing', () => {
    const names = fc.string({ unit: 'binary' }).map((name) => JSON.stringify(name).slice(1, -1))
    const any = fc.oneof(
      expression,
      names.map((name) => `$request.query.${name}`),
    )
    fc.assert(
      fc.property(any, (source) => {
        const parsed = parseExpression(source)
        expect(parseExpression(formatExpression(parsed))).toEqual(parsed)
      }),
    )
  })
})
