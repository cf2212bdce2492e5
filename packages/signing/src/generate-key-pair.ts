import { encodeBase64 } from './base64.ts'
import { toKeyPairError } from './ed25519.ts'

/** The serialized keys of an ed25519 pair. */
export interface GeneratedKeyPair {
  /** `whsk_…`, to sign with; keep it as a secret. */
  readonly privateKey: string
  /** `whpk_…`, to verify with; receivers may publish it. */
  readonly publicKey: string
}

/**
 * Makes a new ed25519 pair.
 *
 * @example
 * const { privateKey, publicKey } = await generateKeyPair()
 * privateKey // 'whsk_…'
 *
 * @throws {SigningError} with `unsupported` if the runtime has no ed25519
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme
 */
export async function generateKeyPair(): Promise<GeneratedKeyPair> {
  const pair = await generate()
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey))
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  // the seed follows 16 bytes of ASN.1, RFC 8410
  const seed = pkcs8.subarray(16, 48)
  return {
    privateKey: `whsk_${encodeBase64(new Uint8Array([...seed, ...publicKey]))}`,
    publicKey: `whpk_${encodeBase64(publicKey)}`,
  }
}

async function generate(): Promise<CryptoKeyPair> {
  try {
    return await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])
  } catch (cause) {
    throw toKeyPairError(cause)
  }
}
