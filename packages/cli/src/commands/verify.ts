import type { Command } from 'commander'
import { parseSeconds } from './parse-arguments.ts'
import { addSecretOption, type SecretOption } from './secret-option.ts'

/** The options of the command. */
export interface VerifyCommandOptions extends SecretOption {
  readonly now?: number
  readonly tolerance: number
  readonly headerPrefix: string
  readonly json?: true
}

/** Adds `verify`, which says why the signature of a saved request fails. */
export function addVerifyCommand(program: Command): void {
  const command = program
    .command('verify')
    .summary('verify a saved request, and say why its signature fails')
    .description(
      'Verifies the signature of a saved request, and says why it fails: the clock, a body that was written again, another key, a missing header, another prefix. Exits with 1 if it fails.',
    )
    .argument(
      '<request>',
      'JSON with headers and body, or the text of an HTTP request; - for the standard input',
    )
  addSecretOption(command, 'a secret or public key of the sender; may be given more than once')
    .option(
      '--now <time>',
      'the time of receipt, in Unix seconds or as a date; now by default',
      parseSeconds,
    )
    .option(
      '--tolerance <seconds>',
      'the largest distance between signature and clock',
      parseSeconds,
      300,
    )
    .option('--header-prefix <name>', 'the names of the headers before the dash', 'webhook')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ ringback verify request.json --secret "$CALLBACK_SECRET"
  $ ringback verify request.http --now 2026-01-31T12:00:00Z

A request as JSON, with the body as the text that was received:
  {"headers": {"webhook-id": "msg_1", "webhook-timestamp": "1767225600", "webhook-signature": "v1,…"}, "body": "{\\"paid\\":true}"}`,
    )
    .action(async (file: string, options: VerifyCommandOptions) => {
      const { verifyRequest } = await import('../signatures/run-verify.ts')
      await verifyRequest(file, options)
    })
}
