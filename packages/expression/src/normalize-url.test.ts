import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ExpressionErrorCode } from './errors.ts'
import { normalizeUrl } from './normalize-url.ts'

const refuse = (code: ExpressionErrorCode) => ({ code })

describe('normalizeUrl', () => {
  it.each([
    ['https://hooks.example.com', 'https://hooks.example.com/'],
    ['HTTP://Hooks.Example.com:80/a/../b?q#f', 'http://hooks.example.com/b?q'],
    ['https://bücher.example/ü', 'https://xn--bcher-kva.example/%C3%BC'],
    ['https://h.example/?a@b', 'https://h.example/?a@b'],
    ['http://0x7f.1/', 'http://127.0.0.1/'],
  ])('serialises %s', (value, url) => {
    expect(normalizeUrl(value, refuse)).toBe(url)
  })

  it.each([
    ['', 'empty'],
    ['https:h.example', 'invalid-url'],
    ['https:/h.example', 'invalid-url'],
    ['https:///h.example', 'invalid-url'],
    ['https://', 'invalid-url'],
    ['https://h.example:99999', 'invalid-url'],
    ['https://h%00.example', 'invalid-url'],
    ['https://@h.example', 'userinfo'],
    ['https://:@h.example', 'userinfo'],
    ['file:///etc/passwd', 'unsafe-scheme'],
    ['data:,a', 'unsafe-scheme'],
    ['?a=1', 'not-absolute'],
    ['//h.example', 'not-absolute'],
    ['https', 'not-absolute'],
    [' https://h.example', 'unsafe-char'],
    ['https://h.example/\u0085', 'unsafe-char'],
    ['https://h.example/\u2028', 'unsafe-char'],
    [`https://h.example/${'a'.repeat(8175)}`, 'too-long'],
    [`https://h.example/${'é'.repeat(2000)}`, 'too-long'],
  ])('refuses %j', (value, code) => {
    expect(normalizeUrl(value, refuse)).toEqual({ code })
  })

  it.each([
    ['/cb?x', 'https://client.example/cb?x'],
    ['cb', 'https://client.example/app/cb'],
    ['../../cb', 'https://client.example/cb'],
    ['?x', 'https://client.example/app/?x'],
  ])('resolves %s against a base', (value, url) => {
    expect(normalizeUrl(value, refuse, 'https://client.example/app/')).toBe(url)
  })

  it.each([
    ['//h.example', 'https://client.example', 'not-absolute'],
    ['', 'https://client.example', 'empty'],
    ['/cb', 'ftp://client.example', 'unsafe-scheme'],
    ['/cb', 'https://user@client.example', 'userinfo'],
    ['/cb', 'client.example', 'invalid-url'],
    ['a:cb', 'https://client.example', 'unsafe-scheme'],
    ['httpcb', 'client.example', 'invalid-url'],
  ])('refuses %j against %s', (value, base, code) => {
    expect(normalizeUrl(value, refuse, base)).toEqual({ code })
  })

  it('agrees with the URL parser on URLs that need no parsing', () => {
    const label = fc.stringMatching(/^[a-z\d-]{1,5}$/)
    const path = fc.stringMatching(/^[\w~/.-]{0,9}$/)
    fc.assert(
      fc.property(fc.array(label, { minLength: 1 }), path, (labels, rest) => {
        const url = normalizeUrl(`https://${labels.join('.')}/${rest}`, refuse)
        if (typeof url === 'string') expect(new URL(url).href).toBe(url)
      }),
    )
  })

  it('leaves a serialised URL as it is', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (value) => {
        const url = normalizeUrl(value, refuse)
        if (typeof url === 'string') expect(normalizeUrl(url, refuse)).toBe(url)
      }),
    )
  })
})
