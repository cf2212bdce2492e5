import { decodeBase64 } from './base64.ts'
import { isForgeable, type KeyPair } from './ed25519.ts'
import { SigningError } from './errors.ts'

/** The bytes of a secret: an HMAC key, or an ed25519 key or pair. */
export type Secret =
  | { readonly version: 'v1'; readonly key: Uint8Array<ArrayBuffer> }
  | { readonly version: 'v1a'; readonly pair: KeyPair }

const MAKE = 'make a whsec_… secret with generateSecret() of @ringback/signing.'
const PREFIXED = /^(?<prefix>whsec_|whsk_|whpk_|)(?<value>.*)$/s

/**
 * Parses a serialized secret; `index` is its place in the caller's list.
 *
 * @example
 * parseSecret('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 0)
 * // { version: 'v1', key: Uint8Array(24) }
 *
 * @throws {SigningError} with `bad-secret`, which names the index and never the secret
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme
 */
export function parseSecret(secret: string, index: number): Secret {
  if (typeof secret !== 'string')
    throw badSecret(index, 'is not text; check that its environment variable is set.')

  if (/^v1a?,/.test(secret))
    throw badSecret(index, 'begins as a signature; give it from whsec_ or whsk_ on.')
  const { prefix, value = '' } = PREFIXED.exec(secret)?.groups ?? {}
  const bytes = decodeBase64(value)
  if (bytes === undefined)
    throw badSecret(index, `is not padded base64; copy it again, whole, or ${MAKE}`)

  if (prefix === 'whsk_') {
    if (bytes.length !== 64)
      throw badSecret(index, 'must hold 64 bytes after whsk_; make a new pair.')
    return { version: 'v1a', pair: { seed: bytes.slice(0, 32), publicKey: bytes.slice(32) } }
  }
  if (prefix === 'whpk_') {
    if (bytes.length !== 32)
      throw badSecret(index, 'must hold 32 bytes after whpk_; copy it again.')
    if (isForgeable(bytes))
      throw badSecret(index, 'is a key that anyone can sign for; copy it again.')
    return { version: 'v1a', pair: { publicKey: bytes } }
  }
  if (bytes.length < 24 || bytes.length > 64) {
    throw badSecret(index, `is not 24 to 64 bytes in base64; ${MAKE}`)
  }
  return { version: 'v1', key: bytes }
}

function badSecret(index: number, reason: string): SigningError {
  return new SigningError('bad-secret', `secrets[${index}] ${reason}`)
}
