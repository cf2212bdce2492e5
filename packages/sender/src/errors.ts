/** Stable codes. Switch on these; never parse the message. */
export type SenderErrorCode =
  | 'option' // an option that no sender can work with
  | 'payload' // the payload breaks its schema, is no JSON, or is too large
  | 'secret' // no usable secret to sign with
  | 'egress' // the transport lets connections through that the policy refuses
  | 'dedupe' // the dedupeKey stands for another payload or URL
  | 'kept' // an exchange is kept under that key already
  | 'transaction' // the store cannot write in a transaction of the caller's
  | 'unknown' // there is no such delivery, kept exchange or callback
  | 'state' // the delivery's state does not let that happen
  | 'volatile' // a store in memory, where memory does not last

/** Thrown for misuse and bad configuration; what a receiver does is never thrown. */
export class SenderError extends Error {
  override readonly name = 'SenderError'
  readonly code: SenderErrorCode

  constructor(code: SenderErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
