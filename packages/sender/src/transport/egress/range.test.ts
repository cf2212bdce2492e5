import { describe, expect, it } from 'vitest'
import { parseAddress } from './address.ts'
import { isInRange, parseRange } from './range.ts'

describe('parseRange', () => {
  it.each([
    ['10.1.0.0/16', { family: 4, value: 0x0a010000n, prefix: 16 }],
    ['127.0.0.1', { family: 4, value: 0x7f000001n, prefix: 32 }],
    ['0.0.0.0/0', { family: 4, value: 0n, prefix: 0 }],
    ['fd00::/8', { family: 6, value: 0xfdn << 120n, prefix: 8 }],
    ['::1/128', { family: 6, value: 1n, prefix: 128 }],
    ['::1', { family: 6, value: 1n, prefix: 128 }],
  ])('reads %s', (text, expected) => {
    expect(parseRange(text)).toEqual(expected)
  })

  it.each([
    '',
    '/8',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/08',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '10.1.2.3/16',
    '::/129',
    'fd00::1/8',
    '10/8',
  ])('rejects %j', (text) => {
    expect(parseRange(text)).toBeUndefined()
  })
})

describe('isInRange', () => {
  it.each([
    ['10.0.0.0', '10.0.0.0/8', true],
    ['10.255.255.255', '10.0.0.0/8', true],
    ['9.255.255.255', '10.0.0.0/8', false],
    ['11.0.0.0', '10.0.0.0/8', false],
    ['255.255.255.255', '0.0.0.0/0', true],
    ['127.0.0.1', '127.0.0.1', true],
    ['127.0.0.2', '127.0.0.1', false],
    ['fdff:ffff::1', 'fd00::/8', true],
    ['fe00::', 'fd00::/8', false],
    ['::ffff:10.0.0.1', '10.0.0.0/8', false],
    ['10.0.0.1', '::/0', false],
  ])('%s in %s: %s', (text, cidr, expected) => {
    const address = parseAddress(text)
    const range = parseRange(cidr)

    expect(address && range && isInRange(address, range)).toBe(expected)
  })
})
