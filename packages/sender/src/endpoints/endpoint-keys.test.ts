import { hkdfSync } from 'node:crypto'
import { sign, verify } from '@ringback/signing'
import { describe, expect, it } from 'vitest'
import { deriveSecret, keyIdOf, readMasterKeys } from './endpoint-keys.ts'
import { generateMasterKey } from './generate-master-key.ts'

const bytes = new Uint8Array(32).fill(7)
const key = Buffer.from(bytes).toString('base64')

describe('deriveSecret', () => {
  it('is HKDF-SHA-256 of the key, the endpoint and the generation', async () => {
    const info = '["ringback v1","endpoint secret","ep_1","2"]'
    const expected = Buffer.from(hkdfSync('sha256', bytes, '', info, 32)).toString('base64')
    expect(await deriveSecret(bytes, 'ep_1', 2)).toBe(`whsec_${expected}`)
  })

  it('differs by key, endpoint and generation, also where their texts run together', async () => {
    const other = new Uint8Array(32).fill(8)
    const secrets = await Promise.all([
      deriveSecret(bytes, 'ep_1', 1),
      deriveSecret(bytes, 'ep_1', 2),
      deriveSecret(bytes, 'ep_1', 11),
      deriveSecret(bytes, 'ep_11', 1),
      deriveSecret(bytes, 'ep_1","1', 1),
      deriveSecret(other, 'ep_1', 1),
    ])
    expect(new Set(secrets).size).toBe(secrets.length)
  })

  it('signs as any secret does', async () => {
    const secrets = [await deriveSecret(bytes, 'ep_1', 1)]
    const headers = await sign({ id: 'msg_1', timestamp: 1, body: 'a', secrets })
    await expect(verify({ headers, body: 'a', secrets, now: 1 })).resolves.toBeUndefined()
  })
})

describe('readMasterKeys', () => {
  it('reads one key, or several in their order', async () => {
    const second = generateMasterKey()
    expect(readMasterKeys(key)).toEqual([bytes])
    expect(readMasterKeys([second, key])[1]).toEqual(bytes)
    expect(readMasterKeys(generateMasterKey())[0]).toHaveLength(32)
  })

  it.each([
    ['', /masterKey is not set: make one with generateMasterKey\(\)/],
    [undefined, /masterKey is not set/],
    [[], /empty list/],
    [[key, undefined], /masterKey\[1\] is not set/],
    ['***', /not base64/],
    [Buffer.alloc(31, 1).toString('base64'), /fewer than 32 bytes/],
    [`whsec_${key}`, /signing secret/],
    [[key, key], /masterKey\[1\] is in the list twice/],
  ])('refuses %j', (option, message) => {
    // environment variables are undefined despite their type
    expect(() => readMasterKeys(option as string)).toThrow(
      expect.objectContaining({ code: 'option', message: expect.stringMatching(message) }),
    )
  })

  it('never writes a key into its message', () => {
    expect(() => readMasterKeys(`whsec_${key}`)).not.toThrow(key)
    expect(() => readMasterKeys([key, key])).not.toThrow(key)
  })
})

it('the id of a key is short, stable and its own', async () => {
  const id = await keyIdOf(bytes)
  expect(id).toHaveLength(12)
  expect(id).toBe(await keyIdOf(bytes.slice()))
  expect(id).not.toBe(await keyIdOf(new Uint8Array(32).fill(8)))
  expect(key).not.toContain(id)
})
