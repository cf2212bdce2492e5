import { sign } from '@ringback/signing'
import type { SigningSecrets } from './secrets.ts'

/**
 * Signs once with a static list, so that an unusable secret is found at start.
 *
 * @throws {SigningError} with `bad-secret` or `verify-only`
 */
export async function testSecrets(secrets: SigningSecrets): Promise<void> {
  if (typeof secrets === 'function') return
  await sign({ id: 'msg_test', timestamp: 0, body: '', secrets })
}
