import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAddress } from './address.ts'

describe('parseAddress', () => {
  it.each([
    ['0.0.0.0', { family: 4, value: 0n }],
    ['127.0.0.1', { family: 4, value: 0x7f000001n }],
    ['255.255.255.255', { family: 4, value: 0xffffffffn }],
    ['::', { family: 6, value: 0n }],
    ['::1', { family: 6, value: 1n }],
    ['1::', { family: 6, value: 1n << 112n }],
    ['2001:DB8::a:1', { family: 6, value: 0x20010db8_00000000_00000000_000a0001n }],
    ['0:0:0:0:0:ffff:c0a8:0101', { family: 6, value: 0xffffc0a80101n }],
    ['::ffff:127.0.0.1', { family: 6, value: 0xffff7f000001n }],
  ])('reads %s', (text, expected) => {
    expect(parseAddress(text)).toEqual(expected)
  })

  it.each([
    '',
    ' ',
    '127.0.0.1 ',
    '127.0.0.1\n',
    '127.1',
    '0177.0.0.1',
    '127.0.0.01',
    '2130706433',
    '256.0.0.1',
    '1.2.3.4.5',
    '１.2.3.4',
    '[::1]',
    ':::',
    ':1',
    '1:2:3:4:5:6:7:8:9',
    '::12345',
    '::1.2.3',
    '::1]/[',
    'fe80::1%eth0',
    'fe80::1%25eth0',
    'localhost',
  ])('rejects %j', (text) => {
    expect(parseAddress(text)).toBeUndefined()
  })

  it('accepts what node:net accepts, in the same family', () => {
    const text = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.ipV4Extended(),
      fc.stringMatching(/^[0-9a-f:.]{1,24}$/),
      fc.string(),
    )

    fc.assert(
      fc.property(text, (text) => {
        const family = text.includes('%') ? 0 : isIP(text)
        expect(parseAddress(text)?.family ?? 0).toBe(family)
      }),
      { numRuns: 2000 },
    )
  })

  it('reads every notation of an IPv6 address alike', () => {
    const groups = fc.array(fc.constantFrom(0, 1, 0xa, 0xffff), { minLength: 8, maxLength: 8 })

    fc.assert(
      fc.property(groups, (groups) => {
        const long = groups.map((group) => group.toString(16).padStart(4, '0'))
        const short = new URL(`http://[${long.join(':')}]/`).hostname.slice(1, -1)

        expect(parseAddress(short)).toEqual({ family: 6, value: BigInt(`0x${long.join('')}`) })
        expect(parseAddress(long.join(':').toUpperCase())).toEqual(parseAddress(short))
      }),
    )
  })
})
