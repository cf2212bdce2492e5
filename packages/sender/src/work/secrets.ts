import { sign } from '@ringback/signing'
import { SenderError } from '../errors.ts'

/** Signing secrets, newest first: one list for one trusted audience, or a list for each owner. */
export type SigningSecrets = readonly string[] | ((owner: string) => readonly string[])

/**
 * Makes the look-up of an owner's secrets, which never gives an empty list.
 *
 * @throws {SenderError} with `secret`; the look-up as well
 */
export function createSecretLookup(secrets: SigningSecrets): (owner: string) => readonly string[] {
  if (typeof secrets !== 'function') {
    const list = check(secrets, 'secrets')
    return () => list
  }
  return (owner) => check(secrets(owner), `secrets(${JSON.stringify(owner)})`)
}

/**
 * Signs once with a static list, so that an unusable secret is found at start.
 *
 * @throws {SigningError} with `bad-secret` or `verify-only`
 */
export async function testSecrets(secrets: SigningSecrets): Promise<void> {
  if (typeof secrets === 'function') return
  await sign({ id: 'msg_test', timestamp: 0, body: '', secrets })
}

function check(list: readonly string[], name: string): readonly string[] {
  if (list.length === 0) {
    const sentence = `${name} is empty: give at least one secret, since callbacks are always signed`
    throw new SenderError('secret', sentence)
  }
  // an environment variable that is not set is undefined, despite its type
  const missing = list.findIndex((secret: unknown) => typeof secret !== 'string' || secret === '')
  if (missing >= 0) {
    throw new SenderError(
      'secret',
      `${name}[${missing}] is not set: give a secret of the form whsec_… or whsk_…, for example from an environment variable`,
    )
  }
  return list
}
