import { once } from 'node:events'
import { generateSecret } from '@ringback/signing'
import { type Command, InvalidArgumentError } from 'commander'
import pc from 'picocolors'
import { type Heard, startListener } from '../listening/start-listener.ts'
import { print, remark } from '../terminal/write.ts'
import { parsePort, parseUrl } from './parse-arguments.ts'
import { addSecretOption, type SecretOption } from './secret-option.ts'

interface ListenCommandOptions extends SecretOption {
  readonly port: number
  readonly forwardTo?: URL
  readonly status: number
  readonly body?: string
  readonly headerPrefix: string
  readonly json?: true
}

/** Adds `listen`, a receiver for development. */
export function addListenCommand(program: Command): void {
  const command = program
    .command('listen')
    .summary('receive callbacks while you develop: print, verify, forward')
    .description(
      'Receives callbacks on this machine: prints each, verifies its signature and says why it fails, and forwards it with its path. Makes a secret of its own unless one is given.',
    )
    .option('--port <port>', 'the port on 127.0.0.1; 0 takes a free one', parsePort, 9000)
    .option(
      '--forward-to <url>',
      'send verified requests on, and respond with what comes back',
      parseUrl,
    )
    .option(
      '--status <status>',
      'the status of the response where nothing is forwarded',
      parseStatus,
      200,
    )
    .option('--body <json>', 'the body of that response')
    .option(
      '--header-prefix <name>',
      'the names of the signature headers before the dash',
      'webhook',
    )
    .option('--json', 'print a line of JSON for each request')
  addSecretOption(command, 'the secret of the sender, instead of a new one')
    .addHelpText(
      'after',
      `
Examples:
  $ ringback listen
  $ ringback listen --forward-to http://localhost:3000/hooks --secret "$CALLBACK_SECRET"
  $ ringback listen --body '{"ok":true}'

A sender refuses this machine unless it is told: guardedFetch({ policy: { allowLoopback: true } }).`,
    )
    .action(listen)
}

async function listen(options: ListenCommandOptions): Promise<void> {
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

function parseStatus(text: string): number {
  if (/^[2-5]\d\d$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Give a status from 200 to 599.')
}
