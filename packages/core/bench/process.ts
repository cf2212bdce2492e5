import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

/** Starts one of the files in this folder in a process of its own, which then answers questions. */
export function startProcess(file: string, ...args: readonly string[]): ChildProcess {
  const path = new URL(file, import.meta.url)
  return fork(path, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
}

/** Asks such a process, one question after another. */
export async function askProcess<TResponse>(
  child: ChildProcess,
  question: object,
): Promise<TResponse> {
  const listening = new AbortController()
  const { signal } = listening
  const response = once(child, 'message', { signal }).then(([message]) => message as TResponse)
  const end = once(child, 'exit', { signal }).then(([code]): never => {
    throw new Error(`the process of a contender ended with ${code}`)
  })
  child.send(question)
  try {
    return await Promise.race([response, end])
  } finally {
    listening.abort()
    await Promise.allSettled([response, end])
  }
}
