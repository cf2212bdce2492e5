import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64, encodeBase64 } from './base64.ts'

describe('decodeBase64', () => {
  it.each([
    ['', []],
    ['aGk=', [104, 105]],
    ['+/+/', [251, 255, 191]],
  ])('decodes %j', (text, bytes) => {
    expect(decodeBase64(text)).toEqual(new Uint8Array(bytes))
  })

  it.each([
    ['no padding', 'aGk'],
    ['too much padding', 'aGk=='],
    ['low bits that no byte has', 'aGl='],
    ['a space', 'aG k='],
    ['a line break', 'aGk=\n'],
    ['the URL alphabet', '-_-_'],
    ['a character outside ASCII', 'é==='],
  ])('refuses %s', (_, text) => {
    expect(decodeBase64(text)).toBeUndefined()
  })

  it('reads one spelling of any bytes: the one that is written', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(decodeBase64(encodeBase64(bytes))).toEqual(new Uint8Array(bytes))
      }),
    )
    fc.assert(
      fc.property(fc.base64String(), fc.string(), (head, tail) => {
        const bytes = decodeBase64(head + tail)
        if (bytes) expect(encodeBase64(bytes)).toBe(head + tail)
      }),
    )
  })
})
