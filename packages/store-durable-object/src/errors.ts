/** Stable codes. Switch on these; never parse the message. */
export type DurableObjectErrorCode =
  | 'option' // an invalid option
  | 'shards' // fewer objects than before
  | 'large' // a row would be longer than Durable Objects keep
  | 'full' // the object has no more room
  | 'failed' // the object fails for another reason

/** Thrown when the objects cannot keep or read deliveries; nothing has changed then. */
export class DurableObjectError extends Error {
  override readonly name = 'DurableObjectError'
  readonly code: DurableObjectErrorCode

  constructor(code: DurableObjectErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
