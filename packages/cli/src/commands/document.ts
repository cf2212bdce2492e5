import { type Command, Option } from 'commander'
import { type AppOptions, addAppOptions } from './app-options.ts'

/** The options of the command. */
export interface DocumentCommandOptions extends AppOptions {
  readonly yaml?: true
  readonly openapi?: '3.1' | '3.2'
  readonly out?: string
  readonly check?: string
}

/** Adds `document`, which writes the document of an application without a server. */
export function addDocumentCommand(program: Command): void {
  const command = program
    .command('document')
    .summary('write the OpenAPI document of an app, without a server')
    .description(
      'Writes the OpenAPI document of an app that createApi has made. The module is loaded, TypeScript included; no server is started.',
    )
    .argument('<app>', 'the module that exports the app, such as src/app.ts')
    .option('--yaml', 'write YAML instead of JSON')
    .addOption(new Option('--openapi <version>', 'the version of OpenAPI').choices(['3.1', '3.2']))
    .option('--out <file>', 'write to a file')
    .option('--check <file>', 'write nothing; exit with 1 if the document in the file is stale')
  addAppOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  $ ringback document src/app.ts > openapi.json
  $ ringback document src/app.ts --out openapi.yaml
  $ ringback document src/app.ts --check openapi.json`,
    )
    .action(async (app: string, options: DocumentCommandOptions) => {
      const { writeDocument } = await import('../documents/run-document.ts')
      await writeDocument(app, options)
    })
}
