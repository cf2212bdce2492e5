import { fork } from 'node:child_process'

/** A process of the application. */
export interface Process {
  readonly name: string
  /** Where an API listens. */
  readonly url: string
  /** The ids of the deliveries that a worker has made. */
  readonly delivered: ReadonlySet<string>
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>
  /** Ends it in order. */
  stop(): Promise<void>
}

/** Starts a process, and resolves when it is ready. */
export function startProcess(
  name: string,
  file: string,
  env: Readonly<Record<string, string>>,
): Promise<Process> {
  const child = fork(new URL(file, import.meta.url), {
    env: { ...process.env, ...env },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const delivered = new Set<string>()
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`the process '${name}' has ended`)))
    child.on('message', (message: Message) => {
      if ('delivered' in message) delivered.add(message.delivered)
      else {
        const { url } = message
        resolve({ name, url, delivered, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') })
      }
    })
  })
}

type Message = { readonly url: string } | { readonly delivered: string }
