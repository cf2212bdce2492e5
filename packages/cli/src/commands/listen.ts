import { type Command, InvalidArgumentError } from 'commander'
import { parsePort, parseUrl } from './parse-arguments.ts'
import { addSecretOption, type SecretOption } from './secret-option.ts'

/** The options of the command. */
export interface ListenCommandOptions extends SecretOption {
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
    .action(async (options: ListenCommandOptions) => {
      const { listen } = await import('../listening/run-listen.ts')
      await listen(options)
    })
}

function parseStatus(text: string): number {
  if (/^[2-5]\d\d$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Give a status from 200 to 599.')
}
