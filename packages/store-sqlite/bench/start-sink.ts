import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A sink in a process of its own. */
export interface Sink {
  readonly url: string
  stop(): void
}

/** Starts a sink, so that what it costs is not charged to whoever sends. */
export async function startSink(): Promise<Sink> {
  const program = fileURLToPath(new URL('sink.ts', import.meta.url))
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [port] = await once(child.stdout.setEncoding('utf8'), 'data')
  return { url: `http://127.0.0.1:${Number(port)}`, stop: () => void child.kill() }
}
