import { parseTemplate, resolveUrl } from '@ringback/expression'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainUrl } from './explain-url.ts'

const KEY = '{$request.query.callback_url}/invoices/{$request.body#/id}'
const exchangeOf = (url: string, id: unknown) => ({
  request: {
    method: 'POST',
    url: `https://api.example.com/?callback_url=${encodeURIComponent(url)}`,
    pathParams: {},
    headers: {},
    body: { id },
  },
})
const valuesOf = (given: Parameters<typeof explainUrl>[0]) => {
  const explained = explainUrl(given)
  return [explained?.from, ...(explained?.parts ?? []).map(({ value }) => value)]
}

describe('explainUrl', () => {
  it('evaluates each expression against the kept exchange', () => {
    const exchange = exchangeOf('https://a.example/hooks', 7)
    expect(explainUrl({ key: KEY, exchange })).toEqual({
      from: 'exchange',
      parts: [
        {
          source: '$request.query.callback_url',
          isExpression: true,
          position: 'url',
          value: 'https://a.example/hooks',
        },
        { source: '/invoices/', isExpression: false, value: '/invoices/' },
        { source: '$request.body#/id', isExpression: true, position: 'path', value: '7' },
      ],
    })
  })

  it('says why an expression has no value', () => {
    const [first] =
      explainUrl({ key: '{$request.query.none}', exchange: exchangeOf('', 1) })?.parts ?? []
    expect(first?.value).toBeUndefined()
    expect(first?.problem).toMatch(/none/)
  })

  it.each([
    [KEY, 'https://a.example/hooks/invoices/7', ['https://a.example/hooks', '/invoices/', '7']],
    [
      KEY,
      'https://a.example/invoices/1/invoices/a%2Fb',
      ['https://a.example/invoices/1', '/invoices/', 'a/b'],
    ],
    [
      'https://ops.example/{$request.body#/id}',
      'https://ops.example/7',
      ['https://ops.example/', '7'],
    ],
    ['https://ops.example/a', 'https://ops.example/a', ['https://ops.example/a']],
    [
      'https://{$request.body#/t}.x.example/?a={$request.body#/a}',
      'https://ann.x.example/?a=b%26c',
      ['https://', 'ann', '.x.example/?a=', 'b&c'],
    ],
    ['{$request.query.u}', 'https://a.example/?x=1', ['https://a.example/?x=1']],
  ])('reads the values of %s back from %s', (key, url, values) => {
    expect(valuesOf({ key, url })).toEqual(['url', ...values])
  })

  it.each([
    ['of another declaration', KEY, 'https://a.example/orders/7'],
    ['that ends elsewhere', 'https://ops.example/{$request.body#/id}/x', 'https://ops.example/7/y'],
    [
      'with a delimiter in a value',
      'https://ops.example/{$request.body#/id}',
      'https://ops.example/7/8',
    ],
    [
      'with values that meet',
      'https://ops.example/{$request.body#/a}{$request.body#/b}',
      'https://ops.example/12',
    ],
    [
      'with a broken escape',
      'https://ops.example/{$request.body#/a}',
      'https://ops.example/%E0%A4%A',
    ],
  ])('does not guess for a URL %s', (_, key, url) => {
    expect(explainUrl({ key, url })?.from).toBe('none')
  })

  it('knows nothing of a webhook, nor of a callback that is not declared here', () => {
    expect(explainUrl({ url: 'https://a.example' })).toBeUndefined()
  })

  it('reads back whatever was resolved', () => {
    const id = fc.oneof(fc.string({ minLength: 1 }), fc.integer())
    fc.assert(
      fc.property(fc.webUrl(), id, (base, value) => {
        const resolved = resolveUrl(parseTemplate(KEY), exchangeOf(base, value))
        if (!resolved.ok) return
        const [from, , , read] = valuesOf({ key: KEY, url: resolved.url })
        expect([from, read]).toEqual(['url', String(value)])
      }),
    )
  })

  it('reads a long URL in one pass', () => {
    const key = `https://x.example/${Array.from({ length: 40 }, (_, n) => `{$request.body#/v${n}}`).join('-')}`
    const url = `https://x.example/${'-'.repeat(8000)}`
    expect(explainUrl({ key, url })?.from).toBe('none')
  })
})
