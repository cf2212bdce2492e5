import { SenderError } from '../errors.ts'

/** Signing secrets, newest first: one list for one trusted audience, or a list for each owner. */
export type SigningSecrets =
  | readonly string[]
  | ((owner: string) => readonly string[] | Promise<readonly string[]>)

/** Gives the live secrets of an owner, newest first. */
export type SecretLookup = (owner: string) => readonly string[] | Promise<readonly string[]>

/**
 * Makes the look-up of an owner's secrets, which never gives an empty list.
 *
 * @throws {SenderError} with `secret`; the look-up as well
 */
export function createSecretLookup(secrets: SigningSecrets): SecretLookup {
  if (typeof secrets !== 'function') {
    const list = check(secrets, 'secrets')
    return () => list
  }
  return (owner) => {
    const name = `secrets(${JSON.stringify(owner)})`
    const list = secrets(owner)
    // a list that is there already is not waited for, which would cost time
    return list instanceof Promise ? list.then((later) => check(later, name)) : check(list, name)
  }
}

function check(list: readonly string[], name: string): readonly string[] {
  if (!Array.isArray(list)) {
    const given = typeof list === 'string' ? 'one text' : `of the type ${typeof list}`
    throw new SenderError(
      'secret',
      `${name} is ${given}: give a list of secrets, newest first, such as secrets: [process.env.CALLBACK_SECRET]`,
    )
  }
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
