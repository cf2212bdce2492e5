import { once } from 'node:events'
import { generateSecret } from '@ringback/signing'
import pc from 'picocolors'
import type { ListenCommandOptions } from '../commands/listen.ts'
import { print, remark } from '../terminal/write.ts'
import { type Heard, startListener } from './start-listener.ts'

/** Receives until it is stopped, and prints each request. */
export async function listen(options: ListenCommandOptions): Promise<void> {
  const { secret = [], json } = options
  const secrets = secret.length > 0 ? secret : [generateSecret()]
  const listener = await startListener({
    ...options,
    secrets,
    onRequest: (heard) => print(json ? JSON.stringify(heard) : describe(heard)),
  })
  remark(`Listening at ${listener.url}. Ctrl-C ends it.`)
  if (secret.length === 0) {
    remark(`The secret for the sender: ${secrets[0]}`)
  }
  if (options.forwardTo) remark(`Verified requests go on to ${options.forwardTo.href}.`)
  // aborting one wait would leave the other
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  await listener.close()
}

function describe({ method, path, body, diagnosis, status, trouble }: Heard): string {
  const verdict = diagnosis.ok
    ? pc.green('verified')
    : pc.red(`refused, ${diagnosis.problem}: ${diagnosis.message}`)
  const lines = [`${pc.bold(`${method} ${path}`)} ${status} ${verdict}`]
  if (trouble !== undefined) lines.push(pc.red(`  ${trouble}`))
  if (body !== '') lines.push(indent(pretty(body)))
  return lines.join('\n')
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    // control characters of a stranger would reach the terminal
    return body.replace(/(?![\n\t])\p{Cc}/gu, '·')
  }
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ')
}
