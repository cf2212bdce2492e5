import type { Backend, Key } from './backend.ts'
import { SigningError } from './errors.ts'
import { parseSecret } from './parse-secret.ts'

/** Gives the key of a serialized secret; `index` is its place in the caller's list. */
export type Keyring = (secret: string, index: number) => Key

/**
 * Makes a keyring that keeps the most recently used keys: at least `limit` of them, at most twice as many.
 *
 * @example
 * const keyring = createKeyring(createWebBackend(crypto.subtle))
 * keyring('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 0).version // 'v1'
 */
export function createKeyring(backend: Backend, limit = 1000): Keyring {
  // two generations: a hit is one look-up, and many new secrets push out only unused keys
  let recent = new Map<string, Key>()
  let older = new Map<string, Key>()

  return (secret, index) => {
    const kept = recent.get(secret)
    if (kept) return kept

    const key = older.get(secret) ?? importSecret(backend, secret, index)
    if (recent.size >= limit) {
      older = recent
      recent = new Map()
    }
    recent.set(secret, key)
    return key
  }
}

/**
 * Gives the keys of a list of secrets, in the same order.
 *
 * @example
 * const keyring = createKeyring(createWebBackend(crypto.subtle))
 * keysOf(keyring, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']).length // 1
 *
 * @throws {SigningError} with `no-secrets` or `bad-secret`
 */
export function keysOf(keyring: Keyring, secrets: readonly string[]): readonly Key[] {
  if (!Array.isArray(secrets) || secrets.length === 0) {
    throw new SigningError('no-secrets', 'secrets is not a list, or is empty; give at least one.')
  }
  return secrets.map((secret, index) => keyring(secret, index))
}

function importSecret(backend: Backend, text: string, index: number): Key {
  const secret = parseSecret(text, index)
  return secret.version === 'v1' ? backend.hmac(secret.key) : backend.ed25519(secret.pair)
}
