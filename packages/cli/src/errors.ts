/** The exit codes of every command. */
export const EXIT = {
  /** All is well. */
  ok: 0,
  /** What was checked is not as it should be: a stale document, a finding, a wrong signature. */
  failed: 1,
  /** The command could not do its work: wrong arguments, a file that cannot be read, a store that is away. */
  trouble: 2,
} as const

/** Stops a command; its message names the cause and the remedy, and is all that is printed. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly exitCode: number

  constructor(message: string, options: ErrorOptions & { readonly exitCode?: number } = {}) {
    super(message, options)
    this.exitCode = options.exitCode ?? EXIT.trouble
  }
}

/** The message of whatever was thrown, with that of its cause where it has none itself. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const text = error.message || messageOf(error.cause ?? error.name)
  return text.trim()
}
