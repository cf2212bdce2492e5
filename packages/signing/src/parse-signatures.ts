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
 * Unknown versions are left out, and so are malformed entries beside one that is well formed: a proxy or a plug-in of
 * the sender may have added them.
 *
 * @example
 * parseSignatures('v2,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
 * // [{ version: 'v1', bytes: Uint8Array(32) }]
 *
 * @throws {SigningError} with `malformed-header`, also for two headers that were joined by a comma
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#webhook-headers-sending-metadata-to-consumers
 */
export function parseSignatures(header: string): readonly Signature[] {
  if (header.length > MAX_LENGTH) throw malformedList()
  const entries = header.split(' ', MAX_SIGNATURES + 1)
  if (entries.length > MAX_SIGNATURES || entries.some(isJoined)) throw malformedList()

  const parsed = entries.map(parseSignature)
  if (parsed.every((entry) => entry === 'malformed')) throw malformedList()
  return parsed.filter((entry) => typeof entry === 'object')
}

/** A second comma: the values of a header that was sent twice are joined by one. */
function isJoined(entry: string): boolean {
  return entry.indexOf(',') !== entry.lastIndexOf(',')
}

function parseSignature(entry: string): Signature | 'unknown' | 'malformed' {
  const { version, value } = ENTRY.exec(entry)?.groups ?? {}
  if (version === undefined || value === undefined) return 'malformed'
  if (version !== 'v1' && version !== 'v1a') return 'unknown'

  const bytes = decodeBase64(value)
  // the length of one version under the name of another is not a signature
  return bytes?.length === BYTE_LENGTHS[version] ? { version, bytes } : 'malformed'
}

function malformedList(): SigningError {
  return new SigningError(
    'malformed-header',
    `the signature header is not a list of at most ${MAX_SIGNATURES} entries of version,base64 ` +
      'with one space between; the sender must send it once and unchanged.',
  )
}
