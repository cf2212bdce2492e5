/** Stable codes. Switch on these; never parse the message. */
export type CoreErrorCode =
  | 'set-twice' // a slot that holds one value was given two
  | 'duplicate-name' // two callbacks, operations, operationIds or components of one name
  | 'expression' // a callback's key reads what the operation does not declare, or is none
  | 'path' // a path or method that cannot be served or documented
  | 'schema' // a schema that cannot become JSON Schema
  | 'response' // an answer that is not declared, or breaks its declaration
  | 'response-unavailable' // a callback reads the answer where there is none to read, or is sent after it
  | 'no-sender' // a callback is to be sent, and the API has no sender
  | 'body-used' // a middleware read the body in a way that nobody can read it again
  | 'reference' // the reference page has no bundle, or no document to show

/** Thrown when a declaration is wrong: at definition, or where an operation is first used. */
export class CoreError extends Error {
  override readonly name = 'CoreError'
  readonly code: CoreErrorCode

  constructor(code: CoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
