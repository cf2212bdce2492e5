import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pruneQuery, queryOf } from './query.ts'

const anyQuery = fc
  .array(fc.constantFrom('a', 'b', '=', '&', '+', '%', '%41', '%zz', '%C3', '%A9', 'é', '?'))
  .map((parts) => parts.join(''))

const queryValues = (url: string, name: string) => queryOf(url).getAll(name)

describe('queryOf', () => {
  it.each([
    ['?tag=a&tag=b', ['a', 'b']],
    ['?x=1&tag', ['']],
    ['?t%61g=a+b%2Bc', ['a b+c']],
    ['?tag=%zz%41', ['%zzA']],
    ['?tag=%ff', ['\ufffd']],
    ['?tag=a=b?c', ['a=b?c']],
    ['?x=1#?tag=2', []],
    ['#?tag=2', []],
    ['', []],
  ])('reads %s', (url, values) => {
    expect(queryValues(url, 'tag')).toEqual(values)
  })

  it('agrees with URLSearchParams', () => {
    fc.assert(
      fc.property(anyQuery, fc.constantFrom('a', 'A', 'b', '', 'é'), (query, name) => {
        const expected = new URLSearchParams(`?${query}`).getAll(name)
        expect(queryValues(`https://api.example.com/?${query}#a=b`, name)).toEqual(expected)
      }),
    )
  })
})

describe('pruneQuery', () => {
  it.each([
    ['https://x.example/p?a=%41&b=2&a=3', ['a'], 'https://x.example/p?a=A&a=3'],
    ['https://x.example/p?a=1#f', [], 'https://x.example/p'],
    ['https://x.example/p#f?a=1', ['a'], 'https://x.example/p'],
    ['/p?%61=1&&c', ['a', 'c'], '/p?a=1&c='],
    ['/p??a=1&=2', ['?a', ''], '/p?%3Fa=1&=2'],
    ['/p?a=$&b', ['a'], '/p?a=%24'],
  ])('prunes %s to %j', (url, names, expected) => {
    expect(pruneQuery(url, names)).toBe(expected)
  })

  it('keeps the values of the names, and no others', () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        const pruned = pruneQuery(`/?${query}`, ['a'])
        expect(queryValues(pruned, 'a')).toEqual(queryValues(`/?${query}`, 'a'))
        expect(queryValues(pruned, 'b')).toEqual([])
      }),
    )
  })
})
