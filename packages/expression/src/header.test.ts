import { describe, expect, it } from 'vitest'
import { headerLines, isSensitive } from './header.ts'

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

describe('isSensitive', () => {
  it.each(['authorization', 'proxy-authorization', 'cookie', 'set-cookie'])(
    'holds for %s',
    (name) => {
      expect(isSensitive(name)).toBe(true)
    },
  )

  it('does not hold for other fields', () => expect(isSensitive('location')).toBe(false))
})
