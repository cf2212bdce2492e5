import { sign } from '@ringback/signing'
import { SenderError } from '../errors.ts'

/** Signing secrets, newest first: one list for one trusted audience, or a list for each owner. */
export type SigningSecrets = readonly string[] | ((owner: string) => readonly string[])

/** Makes the look-up of an owner's secrets, which never gives none. */
export function createSecretLookup(secrets: SigningSecrets): (owner: string) => readonly string[] {
  if (typeof secrets !== 'function') {
    const list = checked(secrets, 'secrets')
    return () => list
  }
  return (owner) => checked(secrets(owner), `secrets(${JSON.stringify(owner)})`)
}

/**
 * Signs once with a static list, so that a secret that cannot be used is found at start.
 *
 * @throws {SigningError} with `bad-secret` or `verify-only`
 */
export async function testSecrets(secrets: SigningSecrets): Promise<void> {
  if (typeof secrets === 'function') return
  await sign({ id: 'msg_test', timestamp: 0, body: '', secrets })
}

function checked(list: readonly string[], name: string): readonly string[] {
  if (list.length === 0) {
    throw new SenderError(
      'secret',
      `${name} is empty: callbacks are always signed; give one secret`,
    )
  }
  // a variable of the environment that is not set gives undefined, whatever the types say
  const missing = list.findIndex((secret: unknown) => typeof secret !== 'string' || secret === '')
  if (missing >= 0) {
    throw new SenderError(
      'secret',
      `${name}[${missing}] is not set: give a secret of the form whsec_… or whsk_…, for example from an environment variable`,
    )
  }
  return list
}
