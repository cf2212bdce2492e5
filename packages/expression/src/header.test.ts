import { describe, expect, it } from 'vitest'
import { headerLines, SENSITIVE } from './header.ts'

describe('headerLines', () => {
  it.each([
    [{ 'X-Tag': 'a' }, ['a']],
    [{ 'x-tag': ['a', 'b'] }, ['a', 'b']],
    [{ 'X-TAG': 'a', 'x-tag': ['b', 'c'] }, ['a', 'b', 'c']],
    [{ 'x-tag': '' }, ['']],
    [{ 'x-tag': [] }, []],
    [{ 'x-tags': 'a' }, []],
  ])('lists %j', (headers, lines) => {
    expect(headerLines(headers, 'x-tag')).toEqual(lines)
  })

  it('reads own members only', () => {
    expect(headerLines({}, 'constructor')).toEqual([])
    expect(headerLines(JSON.parse('{"__proto__":"own"}'), '__proto__')).toEqual(['own'])
  })
})

describe('SENSITIVE', () => {
  it.each(['authorization', 'proxy-authorization', 'cookie', 'set-cookie'])(
    'matches %s, and the expression that reads it',
    (name) => {
      expect(name).toMatch(SENSITIVE)
      expect(`$Response.Header.${name.toUpperCase()}`).toMatch(SENSITIVE)
    },
  )

  it.each(['location', 'x-cookie', '$request.query.cookie', '$request.query.a.header.cookie'])(
    'does not match %s',
    (text) => expect(text).not.toMatch(SENSITIVE),
  )
})
