import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Options of a run. */
export interface RunOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** The Node that runs the script; by default the one that runs this process. */
  readonly node?: string
  /** Milliseconds; a minute by default. */
  readonly timeout?: number
}

const run = promisify(execFile)
const SIXTEEN_MEBIBYTES = 16 * 1024 * 1024

/**
 * Runs a script with Node, and gives its standard output.
 *
 * @throws {Error} with its output, when it fails or takes too long
 */
export async function runNode(
  args: readonly string[],
  { cwd, env = {}, node = process.execPath, timeout = 60_000 }: RunOptions,
): Promise<string> {
  try {
    const { stdout } = await run(node, [...args], {
      cwd,
      timeout,
      killSignal: 'SIGKILL', // a process that handles SIGTERM would exit with 0
      env: { ...process.env, NO_COLOR: '1', ...env },
      maxBuffer: SIXTEEN_MEBIBYTES,
    })
    return stdout
  } catch (error) {
    const { stdout = '', stderr = '', code, signal } = error as Partial<Record<string, unknown>>
    const end = signal ? `was ended by ${signal} after ${timeout} ms` : `failed with ${code}`
    // without the cause, which repeats the output
    throw new Error(`node ${args.join(' ')} ${end}\n${stdout}${stderr}`)
  }
}
