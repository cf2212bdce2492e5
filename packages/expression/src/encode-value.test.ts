import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeValue } from './encode-value.ts'

describe('encodeValue', () => {
  it.each([
    ['aZ0-._~', 'aZ0-._~'],
    ["!'()*", '%21%27%28%29%2A'],
    ['😀', '%F0%9F%98%80'],
    ['', ''],
  ])('encodes %j', (value, encoded) => {
    expect(encodeValue(value)).toBe(encoded)
  })

  it('leaves only unreserved characters, and can be decoded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        expect(encodeValue(value)).toMatch(/^(?:[\w.~-]|%[\dA-F]{2})*$/)
        expect(decodeURIComponent(encodeValue(value))).toBe(value)
      }),
    )
  })
})
