import type { Command } from 'commander'
import { type AppOptions, addAppOptions } from './app-options.ts'
import { parseUrl } from './parse-arguments.ts'
import { addSecretOption, type SecretOption } from './secret-option.ts'

/** The options of the command. */
export interface TriggerCommandOptions extends AppOptions, SecretOption {
  readonly to: URL
  readonly document: string
  readonly exact?: true
  readonly data?: string
  readonly json?: true
}

/** Adds `trigger`, which sends a signed sample of a callback. */
export function addTriggerCommand(program: Command): void {
  const command = program
    .command('trigger')
    .summary('send a signed sample of a callback or webhook')
    .description(
      'Sends a sample of a callback or webhook to a receiver: its payload is made from the examples or the schema of the document, and signed. Exits with 1 if the receiver refuses it.',
    )
    .argument(
      '<callback>',
      'the name of the callback or webhook, its operationId, or OPERATION.CALLBACK',
    )
    .requiredOption('--to <url>', 'the address that the callback URL begins with', parseUrl)
    .requiredOption('--document <source>', 'the document: a file, a URL, or a module with an app')
    .option('--exact', 'send to the address as it is, without the path of the callback')
    .option('--data <json>', 'the payload, instead of a sample; @FILE reads a file')
    .option('--json', 'print JSON')
  addSecretOption(command, 'the secret to sign with')
  addAppOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  $ ringback trigger paid --to http://localhost:9000/events --document src/app.ts
  $ ringback trigger paid --to http://localhost:9000 --document openapi.json --data '{"amount":12}'`,
    )
    .action(async (name: string, options: TriggerCommandOptions) => {
      const { trigger } = await import('../trigger/run-trigger.ts')
      await trigger(name, options)
    })
}
