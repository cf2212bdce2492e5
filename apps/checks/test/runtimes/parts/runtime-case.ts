/** Servers on this machine that the cases use, and a folder to write in. */
export interface RuntimeSettings {
  /** A receiver. */
  readonly sink: string
  /** PostgreSQL over TCP, and over HTTP as Neon has it. */
  readonly database: string
  readonly neon: string
  readonly folder: string
  readonly secret: string
}

/** One case of the suite that runs on every runtime. Both values are what JSON can carry. */
export interface RuntimeCase {
  readonly name: string
  run(settings: RuntimeSettings): unknown
  readonly expected: unknown
}

/** The outcome of a case. */
export interface RuntimeOutcome {
  readonly name: string
  readonly expected: unknown
  readonly value?: unknown
  readonly error?: string
}

/** Runs cases one after the other. */
export async function runCases(
  cases: readonly RuntimeCase[],
  settings: RuntimeSettings,
): Promise<readonly RuntimeOutcome[]> {
  const outcomes: RuntimeOutcome[] = []
  for (const { name, run, expected } of cases) {
    try {
      outcomes.push({ name, expected, value: await run(settings) })
    } catch (error) {
      outcomes.push({ name, expected, error: String(error) })
    }
  }
  return outcomes
}
