import { spawn } from 'node:child_process'
import { eventually } from './eventually.ts'

/** How a process ended. */
export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A process of a test, which leads its own process group. */
export interface Child {
  /** The lines that it and its children have printed, on both streams. */
  readonly lines: readonly string[]
  /** Waits for a line, printed before or after the call; fails when the process ends without it. */
  line(pattern: RegExp): Promise<string>
  /** Sends a signal to the process alone. */
  signal(signal: NodeJS.Signals): void
  /** Sends a signal to its group, as Ctrl-C in a terminal does; `false` when the group has ended. 0 only tests that. */
  signalGroup(signal: NodeJS.Signals | 0): boolean
  /** Waits until the process has ended. */
  exit(): Promise<Exit>
  /** Ends the processes of its group. */
  end(): Promise<void>
}

/** Options of a process. */
export interface ChildOptions {
  readonly cwd?: string
  /** Its environment, without PATH, which is added. */
  readonly env?: Readonly<Record<string, string>>
}

const running = new Set<Child>()

// an interrupted test run leaves no process behind
process.once('exit', () => {
  for (const child of running) child.signalGroup('SIGKILL')
})

/** Starts a program. */
export function startChild(
  program: string,
  args: readonly string[],
  { cwd, env = {} }: ChildOptions = {},
): Child {
  const child = spawn(program, args, {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const lines: string[] = []
  collectLines(child.stdout, lines)
  collectLines(child.stderr, lines)

  let hasEnded = false
  const ended = new Promise<Exit>((resolve) => {
    const end = (code: number | null, signal: NodeJS.Signals | null) => {
      hasEnded = true
      resolve({ code, signal })
    }
    child.once('close', end)
    child.once('error', (error) => {
      lines.push(String(error)) // the program was not found
      end(null, null)
    })
  })

  const printed = () => `${args.join(' ')} has printed:\n${lines.join('\n')}`
  const self: Child = {
    lines,
    line: (pattern) =>
      eventually(
        () => `${pattern}; ${printed()}`,
        () => {
          const found = lines.find((line) => pattern.test(line))
          if (found !== undefined || !hasEnded) return found
          throw new Error(`the process has ended without a line like ${pattern}; ${printed()}`)
        },
      ),
    signal: (signal) => void child.kill(signal),
    signalGroup(signal) {
      try {
        return child.pid !== undefined && process.kill(-child.pid, signal)
      } catch {
        return false
      }
    },
    exit: () => ended,
    async end() {
      self.signalGroup('SIGKILL')
      await ended
      running.delete(self)
    },
  }
  running.add(self)
  return self
}

function collectLines(stream: NodeJS.ReadableStream, lines: string[]): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
  })
}
