import type { Command } from 'commander'
import { type AppOptions, addAppOptions } from './app-options.ts'

/** The options of the command. */
export interface ReceiverOptions extends AppOptions {
  readonly out: string
}

/** The options of the command. */
export interface TypesOptions extends AppOptions {
  readonly out?: string
}

/** Adds `receiver` and `types`, which write code for the receiving side of a document. */
export function addReceiverCommands(program: Command): void {
  const receiver = program
    .command('receiver')
    .summary('write a project that receives the callbacks of a document')
    .description(
      'Writes a Hono project that receives the callbacks and webhooks of a document: schemas of valibot, verification, duplicates, tests, a README.',
    )
    .argument('<document>', 'a file of JSON or YAML, a URL, or a module with an app')
    .requiredOption('--out <folder>', 'a new folder, or an empty one')
  addAppOptions(receiver)
    .addHelpText(
      'after',
      `
Examples:
  $ ringback receiver openapi.json --out receiver
  $ ringback receiver http://localhost:8000/openapi.json --out receiver`,
    )
    .action(async (source: string, options: ReceiverOptions) => {
      const { writeReceiver } = await import('../scaffold/run-receiver.ts')
      await writeReceiver(source, options)
    })

  const types = program
    .command('types')
    .summary('write the types of callbacks and webhooks alone')
    .description(
      'Writes the types of the payloads and responses of callbacks and webhooks, for receivers in another framework.',
    )
    .argument('<document>', 'a file of JSON or YAML, a URL, or a module with an app')
    .option('--out <file>', 'write to a file')
  addAppOptions(types)
    .addHelpText('after', '\nExample:\n  $ ringback types openapi.json --out src/callbacks.d.ts')
    .action(async (source: string, options: TypesOptions) => {
      const { writeTypes } = await import('../scaffold/run-receiver.ts')
      await writeTypes(source, options)
    })
}
