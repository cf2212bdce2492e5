import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { startCli } from './run-cli.ts'

/** A running `ringback listen --json`. */
export interface RunningListener {
  readonly url: string
  /** Absent when one was given. */
  readonly secret: string
  /** The next request that it prints. */
  next(): Promise<Readonly<Record<string, unknown>>>
  /** Stops it by a signal; resolves to its exit code. */
  stop(): Promise<number | null>
}

/** Starts a listener on a free port, and waits until it is ready. */
export async function startListen(args: readonly string[] = []): Promise<RunningListener> {
  const child = startCli(['listen', '--port', '0', '--json', ...args])
  onTestFinished(() => void child.kill('SIGKILL'))
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve))
  const printed = linesOf(child.stdout)
  const remarks = linesOf(child.stderr)
  const url = /Listening at (\S+)\. /.exec(await remarks())?.[1] ?? ''
  const secret = args.includes('--secret') ? '' : (/whsec_\S+/.exec(await remarks())?.[0] ?? '')
  return {
    url,
    secret,
    next: async () => JSON.parse(await printed()),
    stop() {
      child.kill('SIGTERM')
      return exited
    },
  }
}

/** Gives the lines of a stream one by one. */
function linesOf(stream: Readable): () => Promise<string> {
  const lines = createInterface({ input: stream })[Symbol.asyncIterator]()
  return async () => {
    const { done, value } = await lines.next()
    if (done) throw new Error('the process has ended')
    return value
  }
}
