// constants of all modules
import type {} from './bundler-constants.ts'

/** Stable codes. Switch on these; never parse the message. */
export type CoreErrorCode =
  | 'set-twice' // a second value for a slot that holds one
  | 'duplicate-name' // two callbacks, operations, operationIds or components with one name
  | 'expression' // a key is invalid, or reads a value that the operation does not declare
  | 'path' // a path or method that cannot be served or documented
  | 'schema' // a value that is no schema, or a schema that no request can meet or that cannot become JSON Schema
  | 'response' // a response that is not declared, or does not match its declaration
  | 'response-unavailable' // a callback reads the response before it exists, or is sent after it
  | 'send' // a callback or exchange could not be stored, and the handler did not await it
  | 'no-sender' // a callback is sent, but the API has no sender
  | 'option' // an option that is not valid
  | 'body-used' // a middleware consumed the body
  | 'option' // an option or argument that is missing or does not exist
  | 'several' // more than one of these: the message lists them
  | 'reference' // the reference page has no document, no script, no nonce, or a wrong option

/** Thrown for a wrong declaration: at definition, or at the first use of an operation. */
export class CoreError extends Error {
  override readonly name = 'CoreError'
  readonly code: CoreErrorCode

  constructor(code: CoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
