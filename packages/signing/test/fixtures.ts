import { expect } from 'vitest'
import { createKeyring, type Keyring } from '../src/keyring.ts'
import { chooseBackend } from '../src/platform.ts'

/** Both backends, on the runtime of the tests. */
export const keyrings: readonly (readonly [name: string, keyring: Keyring])[] = [
  ['node:crypto', createKeyring(chooseBackend(globalThis))],
  ['Web Crypto', createKeyring(chooseBackend({ crypto }))],
]

/** Published with the vectors: the first HMAC secret, and the ed25519 pair. */
export const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
export const PUBLIC_KEY = 'whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4='
export const PRIVATE_KEY =
  'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg=='

export const OTHER_SECRET = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='

export const ID = 'msg_p5jXN8AQM9LWM0D4loKWxJek'
export const TIMESTAMP = 1614265330
export const BODY = '{"test": 2432232314}'
export const V1 = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
export const V1A =
  'v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg=='

/** Matches an error with this code, in `toThrow` and `rejects.toThrow`. */
export function withCode(code: string): unknown {
  return expect.objectContaining({ name: 'SigningError', code })
}
