import { describe, expect, it } from 'vitest'
import { PRIVATE_KEY, PUBLIC_KEY, SECRET, withCode } from '../test/fixtures.ts'
import { parseSecret } from './parse-secret.ts'

const base64 = (length: number) => Buffer.alloc(length, 0xa5).toString('base64')

describe('parseSecret', () => {
  it.each([
    ['with its prefix', SECRET],
    ['bare', SECRET.slice(6)],
  ])('reads an HMAC secret %s', (_, secret) => {
    const key = new Uint8Array(Buffer.from(SECRET.slice(6), 'base64'))
    expect(parseSecret(secret, 0)).toEqual({ version: 'v1', key })
  })

  it.each([24, 32, 64])('reads an HMAC secret of %i bytes', (length) => {
    expect(parseSecret(`whsec_${base64(length)}`, 0)).toMatchObject({ version: 'v1' })
  })

  it('reads both halves of a pair, and a public key alone', () => {
    const publicKey = new Uint8Array(Buffer.from(PUBLIC_KEY.slice(5), 'base64'))
    const seed = new Uint8Array(Buffer.from(PRIVATE_KEY.slice(5), 'base64').subarray(0, 32))
    expect(parseSecret(PRIVATE_KEY, 0)).toEqual({ version: 'v1a', pair: { seed, publicKey } })
    expect(parseSecret(PUBLIC_KEY, 0)).toEqual({ version: 'v1a', pair: { publicKey } })
  })

  it.each([
    ['mysecret', /is not 24 to 64 bytes in base64; make a whsec_… secret with generateSecret\(\)/],
    ['my secret', /is not padded base64; copy it again, whole, or make a whsec_… secret/],
    [`v1,${SECRET}`, /begins as a signature; give it from whsec_ or whsk_ on/],
    [`v1a,${PRIVATE_KEY}`, /begins as a signature/],
  ])('says what is wrong with a text such as %s, and how to get a secret', (secret, message) => {
    expect(() => parseSecret(secret, 0)).toThrow(message)
  })

  it.each([
    ['an unset variable', undefined],
    ['nothing', ''],
    ['a prefix alone', 'whsec_'],
    ['a passphrase', 'correct horse battery staple'],
    ['23 bytes', `whsec_${base64(23)}`],
    ['23 bare bytes', base64(23)],
    ['65 bytes', `whsec_${base64(65)}`],
    ['65 bare bytes', base64(65)],
    ['a trailing line break', `${SECRET}\n`],
    ['no padding', `whsec_${base64(32).slice(0, -1)}`],
    ['the URL alphabet', `whsec_${Buffer.alloc(33, 0xff).toString('base64url')}`],
    ['another prefix', SECRET.replace('whsec_', 'whsec-')],
    ['a prefix in capitals', SECRET.replace('whsec_', 'WHSEC_')],
    ['a seed without its public half', `whsk_${base64(32)}`],
    ['a public key of 31 bytes', `whpk_${base64(31)}`],
    ['a public key of 33 bytes', `whpk_${base64(33)}`],
    ['a public key that anyone can sign for', `whpk_${Buffer.alloc(32).toString('base64')}`],
  ])('refuses %s, and names its place but not its text', (_, secret) => {
    const read = () => parseSecret(secret as string, 3)
    expect(read).toThrow(withCode('bad-secret'))
    expect(read).toThrow('secrets[3]')
    if (secret && secret.length > 8) {
      expect(read).not.toThrow(secret.replace(/^wh[a-z]+_/, '').slice(0, 8))
    }
  })
})
