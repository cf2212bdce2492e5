import { decodeBase64 } from './base64.ts'
import { SigningError } from './errors.ts'

/** `v1` is HMAC-SHA256, `v1a` is ed25519. */
export type SignatureVersion = 'v1' | 'v1a'

/** One signature of a `webhook-signature` header. */
export interface Signature {
  readonly version: SignatureVersion
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** The largest number of signatures in a header: an ed25519 signature takes 0.1 ms to check. */
export const MAX_SIGNATURES = 16

const MAX_LENGTH = 8192
const ENTRY = /^(?<version>[0-9A-Za-z]+),(?<value>[!-+\--~]+)$/
const BYTE_LENGTHS = { v1: 32, v1a: 64 }

/**
 * Parses a `webhook-signature` header: entries of `version,base64`, one space between them.
 *
 * Unknown versions are left out; anything else that is malformed is an error.
 *
 * @example
 * parseSignatures('v2,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
 * // [{ version: 'v1', bytes: Uint8Array(32) }]
 *
 * @throws {SigningError} with `malformed-header`
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#webhook-headers-sending-metadata-to-consumers
 */
export function parseSignatures(header: string): readonly Signature[] {
  if (header.length > MAX_LENGTH) throw malformedList()
  const entries = header.split(' ', MAX_SIGNATURES + 1)
  if (entries.length > MAX_SIGNATURES) throw malformedList()

  return entries.flatMap((entry) => parseSignature(entry) ?? [])
}

function parseSignature(entry: string): Signature | undefined {
  const { version, value } = ENTRY.exec(entry)?.groups ?? {}
  if (version === undefined || value === undefined) throw malformedList()

  if (version !== 'v1' && version !== 'v1a') return undefined

  const bytes = decodeBase64(value)
  // the length of one version under the name of another is not a signature
  if (bytes?.length !== BYTE_LENGTHS[version]) throw malformedList()
  return { version, bytes }
}

function malformedList(): SigningError {
  return new SigningError(
    'malformed-header',
    `webhook-signature is not a list of at most ${MAX_SIGNATURES} entries of version,base64 ` +
      'with one space between; the sender must send it once and unchanged.',
  )
}
