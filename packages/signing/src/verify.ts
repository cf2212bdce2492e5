import { checkTimestamp } from './check-timestamp.ts'
import { SigningError } from './errors.ts'
import { type Keyring, keysOf } from './keyring.ts'
import { isMessageId } from './message-id.ts'
import { parseSignatures } from './parse-signatures.ts'
import { platformKeyring } from './platform.ts'
import { type HeadersInput, readHeader } from './read-header.ts'
import { createSignedContent, type RawBody } from './signed-content.ts'

/** Options of `verify`. */
export interface VerifyOptions {
  readonly headers: HeadersInput
  /** The body as it was received, before parsing. */
  readonly body: RawBody
  /** `whsec_…`, `whpk_…` or `whsk_…`: a signature of any of them is enough. */
  readonly secrets: readonly string[]
  /** The names of the headers before the dash: `webhook` by default, `svix` for `svix-id` and its like. */
  readonly headerPrefix?: string | undefined
  /** The largest distance of the timestamp from `now`, before or after, in seconds; 300 by default. */
  readonly tolerance?: number | undefined
  /** The time of receipt, in Unix seconds; the system's clock by default. */
  readonly now?: number | undefined
}

/**
 * Resolves if one of the secrets signed exactly these bytes, under this id, at a recent time; else rejects.
 *
 * @example
 * const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']
 * const headers = await sign({ id: 'msg_1', timestamp: 1614265330, body: 'hi', secrets })
 * await verify({ headers, body: 'hi', secrets, now: 1614265331 })
 *
 * @throws {SigningError} with `missing-header`, `malformed-header`, `too-old`, `too-new` or
 * `no-match`; with `no-secrets`, `bad-secret`, `bad-time`, `bad-body` or `unsupported` on misuse
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#verifying-webhook-authenticity
 */
export function verify(options: VerifyOptions): Promise<void> {
  return verifyWith(platformKeyring, options)
}

/** Verifies as `verify` does, with the keys of a given keyring. */
export async function verifyWith(keyring: Keyring, options: VerifyOptions): Promise<void> {
  const { headers, body, secrets, headerPrefix = 'webhook' } = options
  const { tolerance = 300, now = Math.floor(Date.now() / 1000) } = options
  const keys = keysOf(keyring, secrets)

  const prefix = headerPrefix.toLowerCase()
  const id = readHeader(headers, `${prefix}-id`)
  const timestamp = readHeader(headers, `${prefix}-timestamp`)
  const signatureList = readHeader(headers, `${prefix}-signature`)

  if (!isMessageId(id)) {
    throw new SigningError(
      'malformed-header',
      `${prefix}-id is not 1 to 255 visible ASCII characters without "." or ","; the sender must ` +
        'choose another.',
    )
  }
  checkTimestamp(timestamp, { now, tolerance })
  const signatures = parseSignatures(signatureList)

  const content = createSignedContent(id, timestamp, body)
  for (const key of keys) {
    const ofVersion = signatures.filter(({ version }) => version === key.version)
    const candidates = ofVersion.map(({ bytes }) => bytes)
    if (candidates.length > 0 && (await key.verify(content, candidates))) return
  }
  throw new SigningError(
    'no-match',
    'No signature was made with these secrets over these bytes; check the secrets, and give the ' +
      'body as it was received.',
  )
}
