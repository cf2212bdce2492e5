/** Stable codes. Switch on these; never parse the message. */
export type SenderErrorCode =
  | 'option' // an invalid option
  | 'payload' // the payload, headers or query do not match their schema or cannot be written, or it is too large
  | 'secret' // there is no usable secret to sign with
  | 'credentials' // a security scheme of a callback has no usable credentials
  | 'egress' // the transport lets connections through that the policy refuses
  | 'dedupe' // the dedupeKey belongs to another payload, URL or headers
  | 'kept' // an exchange is already kept under that key
  | 'transaction' // the store cannot write in the caller's transaction
  | 'unknown' // there is no such delivery, kept exchange or callback
  | 'state' // the delivery's state does not allow the operation
  | 'busy' // as many calls as the limits allow are being made
  | 'endpoint' // a field of an endpoint is not valid
  | 'url' // the URL of an endpoint is not allowed, or did not answer the challenge
  | 'duplicate' // the owner has another endpoint with this externalId
  | 'volatile' // the store is in memory, which does not last on this runtime

/** Thrown for misuse and invalid configuration; what a receiver does is never thrown. */
export class SenderError extends Error {
  override readonly name = 'SenderError'
  readonly code: SenderErrorCode

  constructor(code: SenderErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
