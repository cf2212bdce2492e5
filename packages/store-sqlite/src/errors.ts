/** Stable codes. Switch on these; never parse the message. */
export type StoreErrorCode =
  | 'option' // an argument of `sqliteStore` is missing, unknown or of another type
  | 'open' // the file cannot be opened, or is not a database
  | 'newer' // a newer version of this package has written the file
  | 'transaction' // `enqueue` was not given an open transaction on this file
  | 'locked' // another process has held the file for too long
  | 'readonly' // the file cannot be written
  | 'full' // the disk is full
  | 'corrupt' // the file, or a delivery in it, is damaged
  | 'replaced' // the file was removed or replaced while it was open
  | 'closed' // the store is closed
  | 'failed' // SQLite fails for another reason

/** Thrown when the file cannot be read or written; nothing has changed then. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** Of the primary result codes (https://www.sqlite.org/rescode.html), what is wrong with the file, and the remedy. */
const RESULT_CODES: Readonly<Record<number, readonly [code: StoreErrorCode, sentence: string]>> = {
  5: ['locked', 'is locked by another process: keep its transactions short'],
  6: ['locked', 'is locked by another connection: keep its transactions short'],
  8: ['readonly', 'cannot be written: allow this process to write the file and its folder'],
  11: ['corrupt', 'is damaged: restore a copy, or recover it with .recover of sqlite3'],
  13: ['full', 'cannot grow, since the disk is full: make room, and try again'],
  14: ['open', 'cannot be opened: allow this process to write the file and its folder'],
  26: ['open', 'is not a database: give the path of another file'],
}
const OTHER_CODE = ['failed', 'failed for the reason that SQLite gives'] as const

/**
 * Does the work.
 *
 * @throws {StoreError} naming the file, the cause and the remedy, in place of an error of SQLite
 */
export function translateErrors<TResult>(path: string, work: () => TResult): TResult {
  try {
    return work()
  } catch (cause) {
    if (cause instanceof StoreError) throw cause
    const errcode = cause instanceof Error && 'errcode' in cause ? Number(cause.errcode) : 0
    // the lowest byte of an extended code is the primary code
    const [code, sentence] = RESULT_CODES[errcode & 0xff] ?? OTHER_CODE
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new StoreError(code, `the delivery store '${path}' ${sentence} (${message})`, { cause })
  }
}
