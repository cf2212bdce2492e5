import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkUrl } from './check-url.ts'

describe('a host name that a resolver reads otherwise', () => {
  it.each([
    ['https://2130706433../', 'an empty label'],
    ['https://0x7f.1../', 'an empty label'],
    ['https://127.0.0.1..:8443/', 'an empty label'],
    ['https://receiver..example/', 'an empty label'],
    ['https://localhost../', 'an empty label'],
    ['https://receiver/', 'a single label'],
    ['https://receiver./', 'a single label'],
    ['https://metadata:8443/', 'a single label'],
  ])('is refused: %s', (url, reason) => {
    expect(checkUrl(url)).toMatchObject({
      ok: false,
      code: 'host',
      reason: `the host name ${reason.startsWith('a single') ? 'is' : 'has'} ${reason}`,
    })
    expect(checkUrl(url, { allowLoopback: true, only: ['10.0.0.0/8'] }).ok).toBe(false)
  })

  it('is permitted by name, but for an empty label', () => {
    const policy = { allow: ['receiver', 'localhost', '127.0.0.1'] }
    expect(checkUrl('https://receiver/', policy)).toEqual({ ok: true })
    expect(checkUrl('https://receiver./', policy)).toEqual({ ok: true })
    expect(checkUrl('https://receiver../', policy).ok).toBe(false)
    expect(checkUrl('https://localhost../', policy).ok).toBe(false)
  })
})

describe('checkUrl', () => {
  it.each([
    'https://example.com',
    'HTTPS://Example.com:8443/a?b=c&d=@',
    'https://example.com./',
    'https://[2606:4700:4700::1111]:3000/',
  ])('allows %s', (url) => {
    expect(checkUrl(url)).toEqual({ ok: true })
  })

  it.each([
    ['', 'syntax'],
    ['example.com', 'syntax'],
    ['/path', 'syntax'],
    ['//example.com/', 'syntax'],
    ['https:', 'syntax'],
    ['https:example.com', 'syntax'],
    ['https:/example.com', 'syntax'],
    ['https:///example.com', 'syntax'],
    ['https://example.com:99999/', 'syntax'],
    ['https://exa mple.com/', 'syntax'],
    ['https://example.com/\u00a0', 'syntax'],
    ['https://example.com/\ufeff', 'syntax'],
    ['https://example.com/\u2028', 'syntax'],
    ['https://example.com/\u0000', 'syntax'],
    ['https://example.com/\u0085', 'syntax'],
    ['https://example.com/\ud800', 'syntax'],
    ['https://example.com\\@127.0.0.1/', 'syntax'],
    ['http://example.com/', 'scheme'],
    ['data:text/plain,x', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['https+unix://socket/', 'scheme'],
    ['https://@example.com/', 'userinfo'],
    ['https://:@example.com/', 'userinfo'],
    ['https://a:b@example.com/', 'userinfo'],
    ['https://example.com/#', 'fragment'],
    ['https://example.com/#a', 'fragment'],
    ['https://example.com:0/', 'port'],
    ['https://example.com:80/', 'port'],
    ['https://example.com:6379/', 'port'],
    ['https://localhost/', 'host'],
    ['https://LOCALHOST./', 'host'],
    ['https://localhost../', 'host'],
    ['https://local\u00adhost/', 'host'],
    ['https://a%2elocalhost/', 'host'],
    ['https://127.0.0.1./', 'address'],
    ['https://127。0。0。1/', 'address'],
    ['https://[::FFFF:127.0.0.1]/', 'address'],
  ])('refuses %j: %s', (url, code) => {
    expect(checkUrl(url)).toMatchObject({ ok: false, code })
  })

  it('gives a reason that does not quote the URL', () => {
    expect(checkUrl('https://a.localhost/')).toMatchObject({
      reason: 'the host name is under .localhost, which is for loopback (RFC 6761)',
    })
    expect(checkUrl('https://0177.1:6379/')).toMatchObject({ reason: 'port 6379 is not allowed' })
    expect(checkUrl('https://0177.1/')).toMatchObject({
      reason: '127.0.0.1 is loopback (RFC 1122)',
    })
  })

  it('allows http when the policy does, also on port 80', () => {
    expect(checkUrl('http://example.com/', { allowHttp: true })).toEqual({ ok: true })
    expect(checkUrl('http://example.com:8080/', { allowHttp: true })).toEqual({ ok: true })
    expect(checkUrl('http://127.0.0.1/', { allowHttp: true })).toMatchObject({ code: 'address' })
  })

  it('judges a text for each policy, however often another has allowed it', () => {
    const url = 'http://example.com/'
    for (const again of [1, 2]) {
      expect(checkUrl(url, { allowHttp: true }), `${again}`).toEqual({ ok: true })
      expect(checkUrl(url), `${again}`).toMatchObject({ code: 'scheme' })
      expect(checkUrl(url, { only: ['other.example'] }), `${again}`).toMatchObject({ ok: false })
    }
  })

  describe('with an allow list', () => {
    const policy = {
      allow: ['localhost', 'Receiver.Internal:22', '127.0.0.1', '[::1]:9000', '10.1.0.0/16:80'],
    }

    it.each([
      'https://localhost/',
      'https://LOCALHOST.:3000/',
      'https://receiver.internal:22/',
      'https://127.0.0.1/',
      'https://2130706433:3000/',
      'https://[0::1]:9000/',
      'https://10.1.2.3:80/',
    ])('allows %s', (url) => {
      expect(checkUrl(url, policy)).toEqual({ ok: true })
    })

    it.each([
      ['http://localhost/', 'scheme'],
      ['https://a.localhost/', 'host'],
      ['https://localhost:6379/', 'port'],
      ['https://receiver.internal/', 'host'],
      ['https://receiver.internal:23/', 'port'],
      ['https://127.0.0.1:22/', 'port'],
      ['https://127.0.0.2/', 'address'],
      ['https://[::ffff:127.0.0.1]/', 'address'],
      ['https://[::1]:9001/', 'address'],
      ['https://10.1.2.3/', 'address'],
      ['https://user@localhost/', 'userinfo'],
    ])('refuses %s: %s', (url, code) => {
      expect(checkUrl(url, policy)).toMatchObject({ ok: false, code })
    })
  })

  describe('with the only targets listed', () => {
    const only = ['partner.example', 'hooks.example:8443', '93.184.216.0/24']
    const policy = { only: only.slice(0, 2), allow: ['receiver.internal'] }

    it.each([
      ['https://partner.example/', policy],
      ['https://partner.example.:9443/', policy],
      ['https://hooks.example:8443/', policy],
      ['https://receiver.internal/', policy],
      ['https://93.184.216.34/', { only }],
      ['https://resolved-later.example/', { only }],
    ])('allows %s', (url, policy) => {
      expect(checkUrl(url, policy)).toEqual({ ok: true })
    })

    it.each([
      ['https://other.example/', policy, 'host'],
      ['https://a.partner.example/', policy, 'host'],
      ['https://hooks.example/', policy, 'host'],
      ['https://93.184.216.34/', policy, 'address'],
      ['https://93.184.217.1/', { only }, 'address'],
      ['https://10.0.0.1/', { only: ['10.0.0.0/8'] }, 'address'],
      ['https://localhost/', { only: ['localhost'] }, 'host'],
      ['https://partner.example:6379/', policy, 'port'],
      ['http://partner.example/', policy, 'scheme'],
      ['https://partner.example/', { only: [] }, 'host'],
    ])('refuses %s', (url, policy, code) => {
      expect(checkUrl(url, policy)).toMatchObject({ ok: false, code })
    })
  })

  it('throws for an invalid policy, whatever the URL', () => {
    expect(() => checkUrl('', { allow: ['*.internal'] })).toThrow(
      expect.objectContaining({ code: 'policy' }),
    )
  })

  it('never throws for a URL, and allows only what parses to a public https URL', () => {
    const tail = fc.string({ unit: 'binary' })
    const url = fc.oneof(
      tail,
      fc.webUrl({ withFragments: true }),
      tail.map((tail) => `https://${tail}`),
      fc.ipV4Extended().map((host) => `https://${host}/`),
      fc.ipV6().map((host) => `https://[${host}]/`),
    )

    fc.assert(
      fc.property(url, (url) => {
        if (checkUrl(url).ok) expect(new URL(url)).toMatchObject({ protocol: 'https:', hash: '' })
      }),
      { numRuns: 3000 },
    )
  })
})
