import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalizeUrl } from './normalize-url.ts'
import { compilePlainUrlReader } from './plain-url.ts'
import { queryOf } from './query.ts'

const reader = compilePlainUrlReader('$request.query.cb')
const read = (value: string) => reader?.(`https://api.example.com/?a=1&cb=${value}`)

describe('compilePlainUrlReader', () => {
  it.each([
    ['https://hooks.example.com/cb', 'https://hooks.example.com/cb'],
    ['https%3A%2F%2Fhooks.example.com%2Fcb%2F1', 'https://hooks.example.com/cb/1'],
    ['http%3A%2F%2Fa-b.example/c%2Fd/~e_f-g', 'http://a-b.example/c/d/~e_f-g'],
    ['https://hooks.example.com%2Fcb', 'https://hooks.example.com/cb'],
    ['https%3A%2F%2Fhooks.example.com%3A8443%2Fcb', 'https://hooks.example.com:8443/cb'],
    ['http://hooks.example.com:51234/cb', 'http://hooks.example.com:51234/cb'],
    ['http://hooks.example.com:8080/v1.2/cb.php', 'http://hooks.example.com:8080/v1.2/cb.php'],
    ['https://hooks.example.com/cb&b=2&c=', 'https://hooks.example.com/cb'],
  ])('reads %s', (value, url) => {
    expect(read(value)).toBe(url)
  })

  it.each([
    '',
    'https://hooks.example.com',
    'https://hooks.example.com/',
    'https://hooks.example.com/a//b',
    'https://hooks.example.com/a/.b',
    'https://hooks.example.com/a/..',
    'https://hooks.example.com/cb#top',
    'https://hooks.example.com/a%2Eb',
    'https://hooks.example.com/a+b',
    'https://hooks.example.com:443/cb',
    'https://hooks.example.com:08443/cb',
    'https://hooks.example.com:99999/cb',
    'https://hooks.example.com:65536/cb',
    'https://hooks.example.com:512345/cb',
    'https://Hooks.example.com/cb',
    'https://localhost/cb',
    'https://127.0.0.1/cb',
    'https://xn--bcher-kva.example/cb',
    'https://user@hooks.example.com/cb',
    'https%3a%2f%2fhooks.example.com%2fcb',
    'https%253A%252F%252Fhooks.example.com%252Fcb',
    'https%2F%2F%3Ahooks.example.com%2Fcb',
    'ftp://hooks.example.com/cb',
    'https://hooks.example.com/cb&cb=https://other.example/cb',
    'https://hooks.example.com/cb&cb=',
    'https://hooks.example.com/cb&cb',
    'https://hooks.example.com/cb&c%62=1',
    'https://hooks.example.com/cb&b=https://other.example/cb',
  ])('leaves %s to the parser', (value) => {
    expect(read(value)).toBeUndefined()
  })

  it('finds the parameter among others, and nowhere else', () => {
    const url = 'https://a.example/cb'
    expect(reader?.(`/?cb2=1&xcb=2&cb=${url}&c=3`)).toBe(url)
    expect(reader?.(`/?cb=1&cb=${url}`)).toBeUndefined()
    expect(reader?.(`/?b=${url}`)).toBeUndefined()
    expect(reader?.(`/#?cb=${url}`)).toBeUndefined()
    expect(reader?.(`/cb=${url}`)).toBeUndefined()
  })

  it('takes no name that is encoded or escaped', () => {
    for (const name of ['a.b', 'a|b', 'a\\"b', 'a+b', '%41', 'é', '']) {
      expect(compilePlainUrlReader(`$request.query.${name}`)).toBeUndefined()
    }
    for (const source of ['$request.path.cb', '$response.query.cb', '$request.body#/cb']) {
      expect(compilePlainUrlReader(source)).toBeUndefined()
    }
    expect(compilePlainUrlReader('$Request.Query.Cb')?.('/?Cb=https://a.example/cb')).toBe(
      'https://a.example/cb',
    )
  })

  it('agrees with decoding and parsing', () => {
    const part = fc.constantFrom(
      'https',
      'http',
      '%3A',
      '%2F',
      ':',
      '/',
      'a',
      'b.c',
      '-',
      'é',
      '%',
      '+',
      '.',
      '%3A8443',
      ':443',
      '&b=1',
      '&cb=',
    )
    const label = fc.stringMatching(/^[a-z\d-]{1,4}$/)
    const likely = fc
      .tuple(fc.array(label, { minLength: 2 }), fc.array(part))
      .map(([labels, parts]) => `https%3A%2F%2F${labels.join('.')}%2F${parts.join('')}`)
    const any = fc.array(part).map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.oneof(likely, any), (value) => {
        const plain = read(value)
        if (plain === undefined) return
        const [decoded = '', ...more] = queryOf(`?cb=${value}`).getAll('cb')
        expect(more).toEqual([])
        expect(normalizeUrl(decoded, (code) => ({ code }))).toBe(plain)
      }),
      { numRuns: 5_000 },
    )
  })
})
