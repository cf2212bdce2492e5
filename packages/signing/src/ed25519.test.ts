import { describe, expect, it } from 'vitest'
import { PUBLIC_KEY } from '../test/fixtures.ts'
import { decodeBase64 } from './base64.ts'
import { isForgeable } from './ed25519.ts'

describe('isForgeable', () => {
  it.each([
    ['order 4', `${'00'.repeat(32)}`],
    ['order 1', `01${'00'.repeat(31)}`],
    ['order 8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
    ['order 8, mirrored', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'],
    ['order 2', `ec${'ff'.repeat(30)}7f`],
    ['order 4, unreduced', `ed${'ff'.repeat(30)}7f`],
    ['order 1, unreduced', `ee${'ff'.repeat(30)}7f`],
  ])('knows the point of %s, with either sign', (_, hex) => {
    const point = Buffer.from(hex, 'hex')
    expect(isForgeable(point)).toBe(true)
    point[31] = (point[31] ?? 0) | 0x80
    expect(isForgeable(point)).toBe(true)
  })

  it('passes a real key', () => {
    expect(isForgeable(decodeBase64(PUBLIC_KEY.slice(5)) ?? new Uint8Array())).toBe(false)
    expect(isForgeable(new Uint8Array(32).fill(9))).toBe(false)
  })
})
