import { describe, expect, it } from 'vitest'
import { OTHER_SECRET, PUBLIC_KEY, SECRET, withCode } from '../test/fixtures.ts'
import { createKeyring, keysOf } from './keyring.ts'
import { chooseBackend } from './platform.ts'

const backend = chooseBackend(globalThis)
const numbered = (number: number) => Buffer.alloc(32, number).toString('base64')

describe('createKeyring', () => {
  it('imports a secret once', () => {
    const keyring = createKeyring(backend)
    expect(keyring(SECRET, 0)).toBe(keyring(SECRET, 1))
    expect(keyring(SECRET, 0)).not.toBe(keyring(OTHER_SECRET, 0))
  })

  it('keeps used keys, and drops unused ones', () => {
    const keyring = createKeyring(backend, 2)
    const used = keyring(numbered(0), 0)
    const unused = keyring(numbered(1), 0)

    for (let number = 2; number < 50; number += 1) {
      keyring(numbered(number), 0)
      expect(keyring(numbered(0), 0)).toBe(used)
    }
    expect(keyring(numbered(1), 0)).not.toBe(unused)
  })

  it('refuses a bad secret each time', () => {
    const keyring = createKeyring(backend)
    expect(() => keyring('whsec_', 0)).toThrow(withCode('bad-secret'))
    expect(() => keyring('whsec_', 1)).toThrow('secrets[1]')
  })
})

describe('keysOf', () => {
  const keyring = createKeyring(backend)

  it('keeps the order of the secrets', () => {
    const keys = keysOf(keyring, [PUBLIC_KEY, SECRET])
    expect(keys.map(({ version }) => version)).toEqual(['v1a', 'v1'])
  })

  it.each([[[]], [undefined], [SECRET]])('refuses %j as a list', (secrets) => {
    expect(() => keysOf(keyring, secrets as string[])).toThrow(withCode('no-secrets'))
  })
})
