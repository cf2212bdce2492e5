import { SigningError } from './errors.ts'

/** An ed25519 public key, and the seed of its private key if it may sign. */
export interface KeyPair {
  readonly publicKey: Uint8Array<ArrayBuffer>
  readonly seed?: Uint8Array<ArrayBuffer>
}

/** The bytes that a new pair signs, to check that its halves belong together; never those of a message. */
export const PROBE: Uint8Array<ArrayBuffer> = new Uint8Array(0)

// the fixed ASN.1 before the 32 bytes of each key, RFC 8410
const PKCS8 = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20]
const SPKI = [0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0]

// y of the eight points whose order divides 8, each with its mirror image
const PRIME = 2n ** 255n - 19n
const ORDER_8 = 0x5fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n
const SMALL_ORDER = [0n, 1n, PRIME - 1n, ORDER_8, PRIME - ORDER_8]

/**
 * Wraps a seed as PKCS #8, which node:crypto and Web Crypto both import.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8410#section-7
 */
export function wrapPrivateKey(seed: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array([...PKCS8, ...seed])
}

/**
 * Wraps a public key as SubjectPublicKeyInfo, which node:crypto and Web Crypto both import.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8410#section-4
 */
export function wrapPublicKey(publicKey: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array([...SPKI, ...publicKey])
}

/**
 * Says whether anyone can sign for a public key, such as 32 zero bytes; not every runtime refuses them.
 *
 * @example
 * isForgeable(new Uint8Array(32)) // true
 */
export function isForgeable(publicKey: Uint8Array): boolean {
  let y = 0n
  for (const byte of publicKey.toReversed()) y = (y << 8n) | BigInt(byte)
  // the top bit is the sign of x, and y may be unreduced
  return SMALL_ORDER.includes((y & (2n ** 255n - 1n)) % PRIME)
}

/** Makes the error for a key that a runtime refuses, or a pair whose halves do not belong together. */
export function toKeyPairError(cause?: unknown): SigningError {
  if (cause instanceof Error && cause.name === 'NotSupportedError') {
    const message = 'This runtime has no ed25519; use a whsec_ secret here, or a newer runtime.'
    return new SigningError('unsupported', message, { cause })
  }
  return new SigningError(
    'bad-secret',
    'A whsk_ or whpk_ secret is not an ed25519 key, or its public half is of another pair; ' +
      'copy it again from its source.',
    cause === undefined ? undefined : { cause },
  )
}
