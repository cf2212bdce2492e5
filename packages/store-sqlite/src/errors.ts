/** Stable codes. Switch on these; never parse the message. */
export type StoreErrorCode =
  | 'open' // the file cannot be opened, or is no database
  | 'newer' // a newer version of this package has written the file
  | 'transaction' // what enqueue was given is no transaction on this file
  | 'locked' // another process has held the file for too long
  | 'readonly' // the file cannot be written
  | 'full' // there is no room on the disk
  | 'corrupt' // the file is damaged
  | 'failed' // SQLite refuses for another reason

/** Thrown when the file does not do what it should; nothing has changed then. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

// https://www.sqlite.org/rescode.html, the primary ones
const CODES: Readonly<Record<number, readonly [code: StoreErrorCode, remedy: string]>> = {
  5: ['locked', 'another process holds it: let each transaction there be short'],
  6: ['locked', 'another connection holds it: let each transaction there be short'],
  8: ['readonly', 'it cannot be written: let this process write the file and its folder'],
  11: ['corrupt', 'it is damaged: restore a copy, or rescue what is left with .recover of sqlite3'],
  13: ['full', 'the disk is full: make room, and what failed is tried again'],
  14: ['open', 'it cannot be opened: let this process write the file and its folder'],
  26: ['open', 'it is no database'],
}

/** Does the work; what SQLite throws becomes an error that names the file, the cause and the remedy. */
export function withClearErrors<TResult>(path: string, work: () => TResult): TResult {
  try {
    return work()
  } catch (cause) {
    if (cause instanceof StoreError) throw cause
    const { errcode } = cause as { readonly errcode?: unknown }
    const why = cause instanceof Error ? cause.message : String(cause)
    // the extended codes have the primary one in their lowest byte
    const [code, remedy] = CODES[Number(errcode) & 0xff] ?? ['failed', 'SQLite refuses']
    throw new StoreError(code, `the delivery store '${path}': ${remedy} (${why})`, { cause })
  }
}
