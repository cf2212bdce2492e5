/** Stable codes. Switch on these; never parse the message. */
export type StoreErrorCode =
  | 'option' // an argument of `postgresStore` is missing, unknown or of another type
  | 'unreachable' // the server is away, or ended the connection
  | 'newer' // a newer version of this package has changed the tables, and this one cannot use them
  | 'transaction' // `enqueue` was not given an open transaction in which the tables are
  | 'denied' // the role may not do this
  | 'readonly' // the server takes no writes
  | 'full' // the server's disk is full
  | 'corrupt' // a row is damaged
  | 'schema' // the name of the schema cannot be used
  | 'failed' // the server refuses for another reason

/** Thrown when the database cannot be read or written. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** Of the first characters of SQLSTATE, the cause and the remedy; the longest match counts. */
const STATES: readonly (readonly [prefix: string, code: StoreErrorCode, sentence: string])[] = [
  ['25006', 'readonly', 'takes no writes: connect to the primary server'],
  ['42501', 'denied', 'refuses the role: grant it the schema, its tables and functions'],
  ['53100', 'full', 'has no room left on its disk: make room'],
  ['53', 'unreachable', 'has too few resources, such as connections: use a smaller pool'],
  ['57P', 'unreachable', 'is shutting down, or has ended the connection'],
  ['57014', 'failed', 'cancelled the statement: raise statement_timeout for this role'],
  ['08', 'unreachable', 'has lost the connection'],
  ['22P05', 'failed', 'cannot store the character NUL: take it out of owner, keys and URL'],
  ['22021', 'failed', 'cannot store the character NUL: take it out of owner, keys and URL'],
]
const UNREACHABLE =
  'cannot be reached: start it, or check address, password and network; deliveries are safe meanwhile, and sending goes on when it is back'

/** Gives the error to throw for one of a driver. */
export function translateError(cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause
  const state = stateOf(cause)
  const known = STATES.find(([prefix]) => state?.startsWith(prefix))
  const [code, sentence] = known
    ? [known[1], known[2]]
    : state === undefined
      ? (['unreachable', UNREACHABLE] as const)
      : (['failed', 'failed for the reason that it gives'] as const)
  // of a failed connection, the message may name an internal address; the cause has it
  const message = state === undefined ? '' : ` (${state}: ${messageOf(cause)})`
  return new StoreError(code, `PostgreSQL ${sentence}${message}`, { cause })
}

/** The SQLSTATE of an error; `undefined` when no server has sent it. */
export function stateOf(cause: unknown): string | undefined {
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return undefined
  const { code } = cause
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code)
    ? code
    : undefined
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
