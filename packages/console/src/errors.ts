/** The cases of a `ConsoleError`: an argument that is missing, unknown or of another type. */
export type ConsoleErrorCode = 'option'

/** An error of the console; the code tells cases apart. */
export class ConsoleError extends Error {
  override readonly name = 'ConsoleError'
  readonly code: ConsoleErrorCode

  constructor(code: ConsoleErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
