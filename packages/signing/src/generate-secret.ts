import { encodeBase64 } from './base64.ts'

const BYTES = 32

/**
 * Makes a new HMAC secret, of 32 random bytes.
 *
 * @example
 * generateSecret() // 'whsec_…'
 */
export function generateSecret(): string {
  return `whsec_${encodeBase64(crypto.getRandomValues(new Uint8Array(BYTES)))}`
}
