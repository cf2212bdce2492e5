import { SigningError } from './errors.ts'
import { type Keyring, keysOf } from './keyring.ts'
import { isMessageId } from './message-id.ts'
import { MAX_SIGNATURES } from './parse-signatures.ts'
import { platformKeyring } from './platform.ts'
import { createSignedContent, type RawBody } from './signed-content.ts'

/** Options of `sign`. */
export interface SignOptions {
  /** The same on every attempt; visible ASCII without a full stop or a comma. */
  readonly id: string
  /** The time of this attempt, in Unix seconds. */
  readonly timestamp: number
  readonly body: RawBody
  /** `whsec_…` or `whsk_…`, newest first; one signature is made with each. */
  readonly secrets: readonly string[]
}

// a larger one is in milliseconds: in seconds it would be after the year 5138
const MAX_TIMESTAMP = 99_999_999_999

/**
 * Signs a message, and resolves to the three headers to send with it.
 *
 * @example
 * await sign({
 *   id: 'msg_2expen51ve',
 *   timestamp: 1614265330,
 *   body: '{"paid":true}',
 *   secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
 * })
 * // { 'webhook-id': …, 'webhook-timestamp': '1614265330', 'webhook-signature': 'v1,…' }
 *
 * @throws {SigningError} with `bad-id`, `bad-time`, `bad-body`, `bad-secret`, `verify-only`,
 * `no-secrets`, `too-many-secrets` or `unsupported`
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme
 */
export function sign(options: SignOptions): Promise<Record<string, string>> {
  return signWith(platformKeyring, options)
}

/** Signs as `sign` does, with the keys of a given keyring. */
export async function signWith(
  keyring: Keyring,
  { id, timestamp, body, secrets }: SignOptions,
): Promise<Record<string, string>> {
  checkMessage(id, timestamp)
  const keys = keysOf(keyring, secrets)
  if (keys.length > MAX_SIGNATURES) {
    const message = `There are more than ${MAX_SIGNATURES} secrets; remove the retired ones.`
    throw new SigningError('too-many-secrets', message)
  }

  const seconds = String(timestamp)
  const content = createSignedContent(id, seconds, body)
  const signatures: string[] = []
  for (const key of keys) {
    const signature = key.sign?.(content) ?? refusePublicKey(keys.indexOf(key))
    // node:crypto is synchronous; an await would only cost time
    const text = typeof signature === 'string' ? signature : await signature
    signatures.push(`${key.version},${text}`)
  }

  return {
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': signatures.join(' '),
  }
}

function checkMessage(id: string, timestamp: number): void {
  if (!isMessageId(id)) {
    throw new SigningError(
      'bad-id',
      'The id cannot be signed; give 1 to 255 visible ASCII characters without "." or ",".',
    )
  }
  if (!Number.isSafeInteger(timestamp) || timestamp < 0 || timestamp > MAX_TIMESTAMP) {
    const message = 'The timestamp is not in whole Unix seconds; use Math.floor(Date.now() / 1000).'
    throw new SigningError('bad-time', message)
  }
}

function refusePublicKey(index: number): never {
  throw new SigningError(
    'verify-only',
    `secrets[${index}] is a whpk_ public key, which only verifies; sign with its whsk_ secret.`,
  )
}
