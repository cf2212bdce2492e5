import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as fixture from '../test/fixtures.ts'
import { sign, signWith } from './sign.ts'

const { OTHER_SECRET, PRIVATE_KEY, PUBLIC_KEY, SECRET, V1, V1A, withCode } = fixture
const message = { id: fixture.ID, timestamp: fixture.TIMESTAMP, body: fixture.BODY }

describe('sign', () => {
  it('gives the three headers', async () => {
    expect(await sign({ ...message, secrets: [SECRET] })).toEqual({
      'webhook-id': fixture.ID,
      'webhook-timestamp': '1614265330',
      'webhook-signature': V1,
    })
  })
})

describe.each(fixture.keyrings)('signing with %s', (_, keyring) => {
  const signatureBy = async (...secrets: string[]) => {
    const headers = await signWith(keyring, { ...message, secrets })
    return headers['webhook-signature']
  }

  it('gives the published v1 and v1a signatures', async () => {
    expect(await signatureBy(SECRET)).toBe(V1)
    expect(await signatureBy(SECRET.slice(6))).toBe(V1)
    expect(await signatureBy(PRIVATE_KEY)).toBe(V1A)
  })

  it('gives one signature for each secret, in the given order', async () => {
    const other = 'v1,O4Gjv1HqPqsMrjmczoggs/sWA8gZD0VyHG+fLh4+ktI='
    expect(await signatureBy(OTHER_SECRET, SECRET)).toBe(`${other} ${V1}`)
    expect(await signatureBy(SECRET, PRIVATE_KEY, OTHER_SECRET)).toBe(`${V1} ${V1A} ${other}`)
  })

  it('gives bytes and the same text one signature', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (body) => {
        const bytes = new TextEncoder().encode(body)
        const options = { ...message, secrets: [SECRET] }
        const expected = await signWith(keyring, { ...options, body })
        expect(await signWith(keyring, { ...options, body: bytes })).toEqual(expected)
        expect(await signWith(keyring, { ...options, body: bytes.buffer })).toEqual(expected)
      }),
    )
  })

  it.each([
    ['an id with a full stop', 'bad-id', { id: 'msg.1' }],
    ['an id with a line break', 'bad-id', { id: 'msg\r\nx: y' }],
    ['an empty id', 'bad-id', { id: '' }],
    ['half a second', 'bad-time', { timestamp: 1614265330.5 }],
    ['milliseconds', 'bad-time', { timestamp: 1614265330000 }],
    ['a time before 1970', 'bad-time', { timestamp: -1 }],
    ['no time', 'bad-time', { timestamp: Number.NaN }],
    ['a time as text', 'bad-time', { timestamp: '1614265330' as unknown as number }],
    ['a parsed body', 'bad-body', { body: { paid: true } as unknown as string }],
    ['no secrets', 'no-secrets', { secrets: [] }],
    ['too many secrets', 'too-many-secrets', { secrets: Array(17).fill(SECRET) }],
    ['a bad secret', 'bad-secret', { secrets: [SECRET, 'whsec_AAAA'] }],
    ['a public key', 'verify-only', { secrets: [SECRET, PUBLIC_KEY] }],
  ])('refuses %s', async (_, code, patch) => {
    const signing = signWith(keyring, { ...message, secrets: [SECRET], ...patch })
    await expect(signing).rejects.toThrow(withCode(code))
  })
})
