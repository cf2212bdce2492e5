import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkAddress } from './check-address.ts'
import { judgeAddress } from './judge-address.ts'
import { compilePolicy } from './policy.ts'

describe('checkAddress', () => {
  it.each(['8.8.8.8', '2606:4700:4700::1111'])('allows %s', (address) => {
    expect(checkAddress(address)).toEqual({ ok: true })
  })

  it('says why it refuses', () => {
    expect(checkAddress('10.0.0.1')).toEqual({
      ok: false,
      code: 'address',
      reason: '10.0.0.1 is private use (RFC 1918)',
    })
  })

  it.each(['', 'example.com', '127.1', '0x7f000001', '8.8.8.8:53', '[::1]', 'fe80::1%eth0'])(
    'refuses %j, which is not an address',
    (address) => {
      expect(checkAddress(address, { allow: ['0.0.0.0/0', '::/0'] })).toEqual({
        ok: false,
        code: 'address',
        reason: 'the text is not an IPv4 or IPv6 address',
      })
    },
  )

  it('allows what the policy permits on the usual ports', () => {
    expect(checkAddress('10.1.2.3', { allow: ['10.1.0.0/16'] })).toEqual({ ok: true })
    expect(checkAddress('fd00::1', { allow: ['fd00::/8'] })).toEqual({ ok: true })
    expect(checkAddress('10.1.2.3', { allow: ['10.1.2.3:9000'] })).toMatchObject({ ok: false })
  })

  it('throws for an invalid policy', () => {
    expect(() => checkAddress('8.8.8.8', { allow: ['*'] })).toThrow(
      expect.objectContaining({ code: 'policy' }),
    )
  })

  it('agrees with a naive reading of the IPv4 tables', () => {
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 2, 63, 64, 127, 128, 129, 255))
    const head = fc.constantFrom(
      ...[0, 9, 10, 100, 127, 128, 168, 169, 172, 192, 198, 203, 223, 224, 239, 240, 255],
    )
    const second = fc.constantFrom(0, 16, 18, 19, 20, 31, 32, 51, 52, 63, 88, 127, 168, 175, 254)
    const third = fc.constantFrom(0, 2, 48, 99, 100, 113, 129, 193, 196)
    const address = fc.tuple(
      fc.oneof(head, byte),
      fc.oneof(second, byte),
      fc.oneof(third, byte),
      fc.oneof(fc.constant(16), byte),
    )

    fc.assert(
      fc.property(address, (bytes) => {
        expect(checkAddress(bytes.join('.')).ok).toBe(!isSpecial(...bytes))
      }),
      { numRuns: 5000 },
    )
  })
})

describe('judgeAddress', () => {
  it('applies an entry with a port to that port only', () => {
    const rules = compilePolicy({ allow: ['10.1.2.3:9000'] })

    expect(judgeAddress('10.1.2.3', rules, 9000)).toEqual({ ok: true })
    expect(judgeAddress('10.1.2.3', rules, 9001)).toMatchObject({ code: 'address' })
  })
})

function isSpecial(a: number, b: number, c: number, d: number): boolean {
  if (a === 0 || a === 10 || a === 127 || a >= 224) return true
  if (a === 100) return b >= 64 && b <= 127
  if (a === 168) return b === 63 && c === 129 && d === 16
  if (a === 169) return b === 254
  if (a === 172) return b >= 16 && b <= 31
  if (a === 198) return b === 18 || b === 19 || (b === 51 && c === 100)
  if (a === 203) return b === 0 && c === 113
  if (a !== 192) return false

  return (
    b === 168 ||
    [
      [0, 0],
      [0, 2],
      [31, 196],
      [52, 193],
      [88, 99],
      [175, 48],
    ].some(([second, third]) => b === second && c === third)
  )
}
