import { describe, expect, it } from 'vitest'
import { isSensitiveHeader, linesOfHeader } from './header.ts'

describe('linesOfHeader', () => {
  it.each([
    [{ 'X-Tag': 'a' }, ['a']],
    [{ 'x-tag': ['a', 'b'] }, ['a', 'b']],
    [{ 'X-TAG': 'a', 'x-tag': ['b', 'c'] }, ['a', 'b', 'c']],
    [{ 'x-tag': '' }, ['']],
    [{ 'x-tag': [] }, []],
    [{ 'x-tags': 'a' }, []],
  ])('lists %j', (headers, lines) => {
    expect(linesOfHeader(headers, 'x-tag')).toEqual(lines)
  })

  it('reads own members only', () => {
    expect(linesOfHeader({}, 'constructor')).toEqual([])
    expect(linesOfHeader(JSON.parse('{"__proto__":"own"}'), '__proto__')).toEqual(['own'])
  })
})

describe('isSensitiveHeader', () => {
  it.each(['authorization', 'proxy-authorization', 'cookie', 'Set-Cookie'])(
    'holds for %s',
    (name) => expect(isSensitiveHeader(name)).toBe(true),
  )

  it.each(['location', 'x-cookie', 'cookies', 'authorization-info'])(
    'does not hold for %s',
    (name) => expect(isSensitiveHeader(name)).toBe(false),
  )
})
