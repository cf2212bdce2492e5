import { BlockList } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Address, parseAddress } from './address.ts'
import { specialUseOfAddress } from './special-use-of-address.ts'

describe('specialUseOfAddress', () => {
  it.each([
    ['127.0.0.1', 'loopback (RFC 1122)'],
    ['169.254.169.254', 'link local, with the metadata services of clouds (RFC 3927)'],
    ['168.63.129.16', 'the Azure host, reachable from every virtual machine there'],
    ['255.255.255.255', 'reserved, with the limited broadcast (RFC 1112)'],
    ['2002:a9fe:a9fe::', '6to4 (RFC 3056)'],
    ['64:ff9b::808:808', 'outside 2000::/3, the public addresses of IPv6'],
  ])('%s is %s', (text, use) => {
    expect(useOf(text)).toBe(use)
  })

  it.each(['168.63.129.15', '168.63.129.17', '192.0.1.0', '2001:200::', '2606:4700:4700::1111'])(
    '%s is public',
    (text) => {
      expect(useOf(text)).toBeUndefined()
    },
  )

  it.each([
    ['0.0.0.0', '0.255.255.255'],
    ['10.0.0.0', '10.255.255.255'],
    ['100.64.0.0', '100.127.255.255'],
    ['127.0.0.0', '127.255.255.255'],
    ['168.63.129.16', '168.63.129.16'],
    ['169.254.0.0', '169.254.255.255'],
    ['172.16.0.0', '172.31.255.255'],
    ['192.0.0.0', '192.0.0.255'],
    ['192.0.2.0', '192.0.2.255'],
    ['192.31.196.0', '192.31.196.255'],
    ['192.52.193.0', '192.52.193.255'],
    ['192.88.99.0', '192.88.99.255'],
    ['192.168.0.0', '192.168.255.255'],
    ['192.175.48.0', '192.175.48.255'],
    ['198.18.0.0', '198.19.255.255'],
    ['198.51.100.0', '198.51.100.255'],
    ['203.0.113.0', '203.0.113.255'],
    ['224.0.0.0', '255.255.255.255'],
    ['2001::', '2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['2002::', '2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['3fff::', '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['::', '1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['4000::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ])('%s to %s is special, its neighbours are not', (first, last) => {
    expect(useOf(first)).toBeDefined()
    expect(useOf(last)).toBeDefined()
    for (const neighbour of [beside(first, -1n), beside(last, 1n)]) {
      if (neighbour) expect(specialUseOfAddress(neighbour)).toBeUndefined()
    }
  })

  it('agrees with an independent list for IPv6', () => {
    const publicAddresses = new BlockList()
    publicAddresses.addSubnet('2000::', 3, 'ipv6')
    const exceptions = new BlockList()
    exceptions.addSubnet('2001::', 23, 'ipv6')
    exceptions.addSubnet('2001:db8::', 32, 'ipv6')
    exceptions.addSubnet('2002::', 16, 'ipv6')
    exceptions.addSubnet('3fff::', 20, 'ipv6')

    const group = (values: readonly number[]) =>
      fc.oneof(fc.constantFrom(...values), fc.nat(0xffff)).map((value) => value.toString(16))
    const first = group([0, 0x64, 0x2000, 0x2001, 0x2002, 0x3fff, 0x4000, 0xfd00, 0xfe80, 0xff02])
    const second = group([0, 0x1, 0x1ff, 0x200, 0xdb8, 0xfff, 0x1000, 0xff9b])

    fc.assert(
      fc.property(first, second, group([0, 1]), (first, second, last) => {
        const text = `${first}:${second}::${last}`
        const isPublic = publicAddresses.check(text, 'ipv6') && !exceptions.check(text, 'ipv6')
        expect(useOf(text) === undefined).toBe(isPublic)
      }),
      { numRuns: 2000 },
    )
  })
})

function useOf(text: string): string | undefined {
  return specialUseOfAddress(address(text))
}

function beside(text: string, step: bigint): Address | undefined {
  const { family, value } = address(text)
  const isLast = value + step < 0n || value + step >= 2n ** (family === 4 ? 32n : 128n)
  return isLast ? undefined : { family, value: value + step }
}

function address(text: string): Address {
  const parsed = parseAddress(text)
  if (!parsed) throw new TypeError(`not an address: ${text}`)
  return parsed
}
