import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equalBytes } from './equal-bytes.ts'

describe('equalBytes', () => {
  it('holds for equal bytes and for no others', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (left, right) => {
        expect(equalBytes(left, left.slice())).toBe(true)
        expect(equalBytes(left, right)).toBe(left.join() === right.join())
      }),
    )
  })

  it('sees one changed bit anywhere', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), fc.nat(7), (bytes, at, bit) => {
        const changed = bytes.slice()
        const index = at % bytes.length
        changed[index] = (bytes[index] ?? 0) ^ (1 << bit)
        expect(equalBytes(bytes, changed)).toBe(false)
      }),
    )
  })

  it('refuses a prefix', () => {
    expect(equalBytes(new Uint8Array([0, 0]), new Uint8Array([0]))).toBe(false)
    expect(equalBytes(new Uint8Array([0]), new Uint8Array([0, 0]))).toBe(false)
  })
})
