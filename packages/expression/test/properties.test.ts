import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  canonicalize,
  capture,
  type DeclaredNames,
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

/** Parses a key; fails the test on anything but an ExpressionError. */
function parsed(source: string): Template | undefined {
  try {
    return parseTemplate(source)
  } catch (error) {
    expect(error).toBeInstanceOf(ExpressionError)
    return undefined
  }
}

/** Rewrites a key; fails the test on anything but an ExpressionError. */
function canonicalOf(key: string, declared: DeclaredNames): string | undefined {
  try {
    return canonicalize(key, declared)
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

describe('any key', () => {
  const names = fc.array(fc.oneof(arbitrary.name, arbitrary.token), { maxLength: 4 })
  const declared: fc.Arbitrary<DeclaredNames> = fc.record(
    { path: names, query: names, header: names, body: fc.boolean() },
    { requiredKeys: [] },
  )
  const keys = fc.oneof(arbitrary.key, arbitrary.shorthandKey, fc.string({ unit: 'binary' }))

  it('has one canonical form, or is refused with an ExpressionError', () => {
    fc.assert(
      fc.property(keys, declared, (key, given) => {
        const canonical = canonicalOf(key, given)
        if (canonical !== undefined) expect(canonicalize(canonical, given)).toBe(canonical)
      }),
      { numRuns: 5_000 },
    )
  })

  it('is already canonical if it is a template', () => {
    fc.assert(
      fc.property(arbitrary.key, declared, (key, given) => {
        if (parsed(key)) expect(canonicalize(key, given)).toBe(key)
      }),
      { numRuns: 2_000 },
    )
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
        if (!/^(?:\$|\{|https?:)/i.test(one.source)) expect(url.origin).toBe('https://base.example')
      }),
      { numRuns: 5_000 },
    )
  })

  it('gives a URL with the scheme and host of the value that it begins with', () => {
    const rest = arbitrary.key.filter((key) => /^(?:[/?&]|$)/.test(key))
    const whole = fc.oneof(arbitrary.text, fc.webUrl({ withQueryParameters: true }))
    fc.assert(
      fc.property(rest, arbitrary.exchange, whole, (after, exchange, value) => {
        const one = parsed(`{$request.path.start}${after}`)
        const pathParams = { ...exchange.request.pathParams, start: value }
        const request = { ...exchange.request, pathParams }
        const resolution = one && resolveUrl(one, { ...exchange, request })
        if (!resolution?.ok) return
        const { protocol, host } = new URL(value)
        expect(new URL(resolution.url)).toMatchObject({ protocol, host })
      }),
      { numRuns: 5_000 },
    )
  })

  it('gives a URL with the segments and parameters that its template has', () => {
    const one = parseTemplate(
      'https://ops.example.com/a/{$request.path.a}/b-{$request.path.b}/{$request.path.c}{$request.path.d}?e={$request.path.e}&f',
    )
    const values = fc.record({
      a: arbitrary.text,
      b: arbitrary.text,
      c: arbitrary.text,
      d: arbitrary.text,
      e: arbitrary.text,
    })
    fc.assert(
      fc.property(values, (pathParams) => {
        const exchange = { request: { method: 'GET', url: '', pathParams, headers: {} } }
        const resolution = resolveUrl(one, exchange)
        if (!resolution.ok) return

        const { a, b, c, d, e } = pathParams
        const { pathname, searchParams } = new URL(resolution.url)
        expect(pathname.split('/').map(decodeURIComponent)).toEqual([
          '',
          'a',
          a,
          `b-${b}`,
          `${c}${d}`,
        ])
        expect([...searchParams]).toEqual([
          ['e', e],
          ['f', ''],
        ])
      }),
      { numRuns: 2_000 },
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
  it('resolves to the same URL as the whole exchange', () => {
    fc.assert(
      fc.property(template, arbitrary.exchange, (one, exchange) => {
        const captured = capture(exchange, readsOf(one))
        expect(resolveUrl(one, captured)).toEqual(resolveUrl(one, exchange))
      }),
      { numRuns: 2_000 },
    )
  })

  it('evaluates to the same values as the whole exchange, also once stored', () => {
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
  const request = { method: 'GET', url: '', pathParams: {}, headers: {} }

  it.each([
    ['one name', `$request.query.${'a'.repeat(million)}`],
    ['escapes', `$request.query.${'\\'.repeat(million)}`],
    ['a header name', `$request.header.${'a'.repeat(million)} `],
    ['a deep pointer', `$request.body#${'/a'.repeat(million / 2)}`],
    ['tildes', `$request.body#/${'~'.repeat(million)}`],
    ['dots', `$request.body.${'a.'.repeat(million / 2)}`],
    ['a shorthand name', `$${'a '.repeat(million / 2)}`],
    ['spaces', `${' '.repeat(million)}x`],
    ['spaces at the end', `$request.query.a${' '.repeat(million)}`],
    ['opening braces', '{'.repeat(million)],
    ['closing braces', '}'.repeat(million)],
    ['an open brace', `{${'a'.repeat(million)}`],
    ['empty braces', '{}'.repeat(million / 2)],
    ['expressions', '{$url}'.repeat(million / 8)],
    ['expressions in a path', `https://x.example/${'{$url}/'.repeat(million / 8)}`],
    ['expressions of shorthand', `https://x.example/${'{$request.body.a}'.repeat(million / 17)}`],
    ['heads of expressions', '$request.'.repeat(million / 9)],
    ['percent signs', '%'.repeat(million)],
    ['fragments', '#{$url}'.repeat(million / 7)],
    ['colons', `https://${':'.repeat(million)}{$url}`],
    ['labels', `https://${'a.'.repeat(million / 2)}{$url}`],
    ['a literal', `https://x.example/${'a'.repeat(million)}`],
  ])('of %s is parsed and made canonical in linear time', (_, source) => {
    parsed(source)
    canonicalOf(source, { path: ['a'], query: [], header: ['b'] })
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
    ['surrogates', '\ud800'.repeat(million), 'unsafe-char'],
  ])('of %s in a value is refused in linear time', (_, v, code = 'too-long') => {
    const exchange = { request: { ...request, pathParams: { v } } }
    for (const key of ['{$request.path.v}', 'https://x.example/{$request.path.v}']) {
      expect(resolveUrl(parseTemplate(key), exchange)).toMatchObject({ code })
    }
    const host = resolveUrl(parseTemplate('https://{$request.path.v}/'), exchange)
    expect(host.ok).toBe(false)
  })

  it.each([
    ['pairs', '&a=1'.repeat(million / 4)],
    ['separators', '&'.repeat(million)],
    ['equals signs', '='.repeat(million)],
    ['plus signs', '+'.repeat(million)],
    ['percent signs', '%'.repeat(million)],
    ['escapes', `v=${'%2F'.repeat(million / 3)}`],
    ['a plain URL', `v=https%3A%2F%2Fa.example${'%2Fa'.repeat(million / 4)}`],
    ['question marks', '?'.repeat(million)],
    ['fragments', '#'.repeat(million)],
  ])('of %s in a query is read and pruned in linear time', (_, query) => {
    const exchange = { request: { ...request, url: `https://api.example.com/?${query}` } }
    for (const key of ['{$request.query.v}', 'https://x.example/{$request.query.v}']) {
      const one = parseTemplate(key)
      const resolution = resolveUrl(one, exchange)
      expect(resolution.ok).toBe(false)
      expect(resolveUrl(one, capture(exchange, readsOf(one)))).toEqual(resolution)
    }
  })

  it('of header fields is read in linear time', () => {
    const names = Array.from({ length: million / 10 }, (_, index) => [`X-${index}`, 'a'] as const)
    const exchange = { request: { ...request, headers: Object.fromEntries(names) } }
    const one = parseTemplate('https://x.example/{$request.header.x-99999}')
    expect(resolveUrl(one, exchange)).toEqual({ ok: true, url: 'https://x.example/a' })
  })

  it('of nesting is captured', () => {
    const depth = million / 10
    const body: unknown = JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)
    const exchange = { request: { ...request, body } }
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
