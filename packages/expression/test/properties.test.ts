import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  capture,
  type Exchange,
  ExpressionError,
  evaluate,
  parseExpression,
  parseTemplate,
  readsOf,
  resolveUrl,
  type Template,
} from '../src/index.ts'
import * as arbitrary from './arbitraries.ts'

const template: fc.Arbitrary<Template> = arbitrary.key
  .map(parsed)
  .filter((one) => one !== undefined)

/** What parsing gives; fails the test on anything but an ExpressionError. */
function parsed(source: string): Template | undefined {
  try {
    return parseTemplate(source)
  } catch (error) {
    expect(error).toBeInstanceOf(ExpressionError)
    return undefined
  }
}

describe('any text', () => {
  it('is an expression or an ExpressionError', () => {
    const start = fc.constantFrom('$', '$request.', '$response.body', '$request.query.', '')
    fc.assert(
      fc.property(start, fc.string({ unit: 'binary' }), (head, rest) => {
        try {
          parseExpression(head + rest)
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError)
        }
      }),
    )
  })

  it('is a template or an ExpressionError', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), arbitrary.key)
    fc.assert(fc.property(text, (source) => void parsed(source)))
  })
})

describe('any exchange', () => {
  it('evaluates without throwing', () => {
    fc.assert(
      fc.property(arbitrary.expression, arbitrary.exchange, (source, exchange) => {
        const resolution = evaluate(parseExpression(source), exchange)
        if (resolution.ok) expect(resolution.value).toBeDefined()
        else expect(resolution.message).toContain(resolution.expression)
      }),
    )
  })

  it('gives a URL that is safe, and that the parser leaves as it is', () => {
    fc.assert(
      fc.property(template, arbitrary.exchange, fc.boolean(), (one, exchange, hasBase) => {
        const base = 'https://base.example/app/'
        const resolution = resolveUrl(one, exchange, hasBase ? { base } : {})
        if (!resolution.ok) return

        const url = new URL(resolution.url)
        expect(url.href).toBe(resolution.url)
        expect(url.protocol).toMatch(/^https?:$/)
        expect(url.username + url.password + url.hash).toBe('')
        expect(resolution.url).toMatch(/^[!-~]{1,8192}$/)
        if (one.isRelative) expect(url.origin).toBe('https://base.example')
      }),
      { numRuns: 5_000 },
    )
  })

  it('shows none of its values in a message', () => {
    const marked = (value: string) => `https://secret-${value}`
    const exchange = fc.string().map((value) => ({
      request: {
        method: 'POST',
        url: `https://api.example.com/?id=${encodeURIComponent(marked(value))}&id=secret`,
        pathParams: { id: marked(value) },
        headers: { 'x-callback': [marked(value), 'secret'] },
        body: { id: marked(value), url: { secret: value } },
      },
    }))
    fc.assert(
      fc.property(template, exchange, (one, secret) => {
        const resolution = resolveUrl(one, secret)
        if (!resolution.ok) expect(resolution.message).not.toContain('secret')
      }),
    )
  })

  it('cannot move a literal host', () => {
    const rest = arbitrary.key.filter((one) => /^[/?]/.test(one))
    fc.assert(
      fc.property(rest, arbitrary.exchange, (key, exchange) => {
        const one = parsed(`https://ops.example.com${key}`)
        const resolution = one && resolveUrl(one, exchange)
        if (resolution?.ok) expect(new URL(resolution.url).origin).toBe('https://ops.example.com')
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('a captured exchange', () => {
  it('resolves to what the whole exchange does', () => {
    fc.assert(
      fc.property(template, arbitrary.exchange, (one, exchange) => {
        const captured = capture(exchange, readsOf(one))
        expect(resolveUrl(one, captured)).toEqual(resolveUrl(one, exchange))
      }),
      { numRuns: 2_000 },
    )
  })

  it('evaluates to what the whole exchange does, also once stored', () => {
    const sources = fc.uniqueArray(arbitrary.expression, { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(sources, arbitrary.exchange, (list, exchange) => {
        const key = `https://ops.example.com/${list.map((source) => `{${source}}`).join('/')}`
        const whole = stored(exchange)
        const captured = stored(capture(whole, readsOf(parseTemplate(key))))
        for (const source of list) {
          const expression = parseExpression(source)
          expect(evaluate(expression, captured)).toEqual(evaluate(expression, whole))
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('a megabyte', () => {
  const million = 1_000_000

  it.each([
    ['one name', `$request.query.${'a'.repeat(million)}`],
    ['escapes', `$request.query.${'\\'.repeat(million)}`],
    ['a header name', `$request.header.${'a'.repeat(million)} `],
    ['a deep pointer', `$request.body#${'/a'.repeat(million / 2)}`],
    ['tildes', `$request.body#/${'~'.repeat(million)}`],
    ['dots', `$request.body.${'a.'.repeat(million / 2)}`],
    ['spaces', `${' '.repeat(million)}x`],
    ['opening braces', '{'.repeat(million)],
    ['expressions', '{$url}'.repeat(million / 8)],
    ['expressions in a path', `https://x.example/${'{$url}/'.repeat(million / 8)}`],
    ['colons', `https://${':'.repeat(million)}{$url}`],
    ['labels', `https://${'a.'.repeat(million / 2)}{$url}`],
    ['a literal', `https://x.example/${'a'.repeat(million)}`],
  ])('of %s is parsed in linear time', (_, source) => {
    parsed(source)
    try {
      parseExpression(source)
    } catch (error) {
      expect(error).toBeInstanceOf(ExpressionError)
    }
  })

  it.each([
    ['dashes', 'https://a-'.padEnd(million, '-')],
    ['labels', `https://${'a.'.repeat(million / 2)}`],
    ['segments', `https://a.example${'/a'.repeat(million / 2)}!`],
    ['percent signs', '%'.repeat(million)],
  ])('of %s in a value is refused in linear time', (_, v) => {
    const exchange = { request: { method: 'GET', url: '', pathParams: { v }, headers: {} } }
    for (const key of ['{$request.path.v}', 'https://x.example/{$request.path.v}']) {
      expect(resolveUrl(parseTemplate(key), exchange)).toMatchObject({ code: 'too-long' })
    }
  })

  it('of nesting is captured', () => {
    const depth = million / 10
    const body: unknown = JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)
    const exchange = { request: { method: 'GET', url: '', pathParams: {}, headers: {}, body } }
    const captured = capture(exchange, readsOf(parseTemplate('{$request.body}')))
    expect(depthOf(captured.request.body)).toBe(depth)
  })
})

function stored(exchange: Exchange): Exchange {
  return JSON.parse(JSON.stringify(exchange))
}

function depthOf(value: unknown): number {
  let depth = 0
  for (let inner = value; Array.isArray(inner); inner = inner[0]) depth += 1
  return depth
}
