import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import type { Command } from 'commander'
import { CliError, EXIT, messageOf } from '../errors.ts'
import { readSavedRequest } from '../requests/saved-request.ts'
import { diagnose } from '../signatures/diagnose.ts'
import { print, printJson } from '../terminal/write.ts'
import { parseSeconds } from './parse-arguments.ts'
import { addSecretOption, type SecretOption } from './secret-option.ts'

interface VerifyCommandOptions extends SecretOption {
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
    .action(verifyRequest)
}

async function verifyRequest(file: string, options: VerifyCommandOptions): Promise<void> {
  const { secret = [], tolerance, headerPrefix, json } = options
  if (secret.length === 0) {
    throw new CliError(
      'There is nothing to verify with: give --secret whsec_…, or set CALLBACK_SECRET.',
    )
  }
  const request = readSavedRequest(await readBytes(file), file)
  const now = options.now ?? Math.floor(Date.now() / 1000)
  const diagnosis = await diagnose(request, { secrets: secret, now, tolerance, headerPrefix })
  if (json) {
    printJson(diagnosis)
  } else if (diagnosis.ok) {
    print(`The signature is right. It was made at ${diagnosis.signedAt.toISOString()}.`)
  } else {
    const parsed = request.isParsed
      ? '\nThe body was saved as parsed JSON, so that its bytes are not known: save it as text, or as bodyBase64.'
      : ''
    print(`${diagnosis.problem}: ${diagnosis.message}${parsed}`)
  }
  if (!diagnosis.ok) process.exitCode = diagnosis.problem === 'secret' ? EXIT.trouble : EXIT.failed
}

async function readBytes(file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(file === '-' ? await buffer(process.stdin) : await readFile(file))
  } catch (cause) {
    throw new CliError(
      `'${file}' cannot be read: ${messageOf(cause)}; give the path of a saved request.`,
      { cause },
    )
  }
}
