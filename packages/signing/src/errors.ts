/** Stable codes. Switch on these; never parse the message. */
export type SigningErrorCode =
  // about the message that was received
  | 'missing-header' // webhook-id, webhook-timestamp or webhook-signature is absent
  | 'malformed-header' // one of them breaks its grammar, or is there more than once
  | 'too-old' // signed longer ago than the tolerance
  | 'too-new' // signed further ahead than the tolerance
  | 'no-match' // no signature was made with these secrets over these bytes
  // about the call
  | 'no-secrets' // the list of secrets is empty
  | 'too-many-secrets' // more than a signature header may carry
  | 'bad-secret' // not a usable whsec_, whsk_ or whpk_
  | 'verify-only' // a whpk_ cannot sign
  | 'bad-id' // not an id that can be signed without ambiguity
  | 'bad-time' // timestamp, now or tolerance is not a number of seconds
  | 'bad-body' // neither bytes nor text
  | 'unsupported' // this runtime lacks the cryptography

/**
 * Thrown if a message is not authentic, or cannot be signed or verified.
 *
 * @example
 * const error = new SigningError('no-secrets', 'There is no secret; give at least one.')
 * error.code // 'no-secrets'
 */
export class SigningError extends Error {
  override readonly name = 'SigningError'
  readonly code: SigningErrorCode

  constructor(code: SigningErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
