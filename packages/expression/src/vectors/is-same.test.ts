import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSame } from './is-same.ts'

describe('isSame', () => {
  it.each([
    [
      { a: 1, b: [null] },
      { b: [null], a: 1 },
    ],
    [[], []],
    ['', ''],
  ])('holds for %j and %j', (left, right) => {
    expect(isSame(left, right)).toBe(true)
  })

  it.each([
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: undefined }, { b: undefined }],
    [{}, []],
    [
      [1, 2],
      [2, 1],
    ],
    [1, '1'],
    [null, {}],
    [{}, JSON.parse('{"__proto__":{}}')],
  ])('does not hold for %j and %j', (left, right) => {
    expect(isSame(left, right)).toBe(false)
    expect(isSame(right, left)).toBe(false)
  })

  it('holds for a copy', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(isSame(value, structuredClone(value))).toBe(true)
      }),
    )
  })
})
