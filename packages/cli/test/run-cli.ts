import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** How the command line is run. */
export interface RunOptions {
  readonly cwd?: string
  /** Given to its standard input. */
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
}

/** What the command line has printed, and its exit code. */
export interface RunResult {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Starts the command line, from its sources, in a process of its own. */
export function startCli(
  args: readonly string[],
  { cwd, env = {} }: RunOptions = {},
): ChildProcessByStdio<Writable, Readable, Readable> {
  const { PATH = '', HOME = '' } = process.env
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
    cwd,
    // colours and the secrets of whoever runs the tests stay out
    env: { PATH, HOME, NO_COLOR: '1', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}

/** Runs the command line until it ends. */
export async function runCli(
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const child = startCli(args, options)
  child.stdin.end(options.input ?? '')
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  return { code, out, err }
}
