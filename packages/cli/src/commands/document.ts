import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Command, Option } from 'commander'
import { stringify } from 'yaml'
import { type AppDocumentOptions, documentOfApp } from '../app/load-app.ts'
import { jsonDifferences } from '../documents/json-differences.ts'
import { parseText } from '../documents/parse-text.ts'
import { readSource } from '../documents/read-source.ts'
import { CliError, EXIT } from '../errors.ts'
import { print, remark } from '../terminal/write.ts'
import { type AppOptions, addAppOptions, loadEnvFile } from './app-options.ts'

const MOST_SHOWN = 20

interface DocumentCommandOptions extends AppOptions {
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
    .action(writeDocument)
}

async function writeDocument(app: string, options: DocumentCommandOptions): Promise<void> {
  const { check, out, export: exportName, openapi, path } = options
  if (check !== undefined && out !== undefined) {
    throw new CliError('--check writes nothing: give it without --out.')
  }
  if (path !== undefined && openapi !== undefined) {
    throw new CliError(
      '--openapi cannot change what the app itself serves: give it without --path.',
    )
  }
  loadEnvFile(options)
  const wanted: AppDocumentOptions = { exportName, openapi, path }
  const document: unknown = JSON.parse(JSON.stringify(await documentOfApp(app, wanted)))
  if (check !== undefined) return checkFile(check, document, app)

  const isYaml = options.yaml ?? /\.ya?ml$/i.test(out ?? '')
  const text = isYaml
    ? stringify(document, { aliasDuplicateObjects: false })
    : `${JSON.stringify(document, null, 2)}\n`
  if (out === undefined) return print(text)
  await mkdir(dirname(out), { recursive: true })
  await writeFile(out, text)
  remark(`Wrote ${out}.`)
}

async function checkFile(file: string, document: unknown, app: string): Promise<void> {
  const differences = jsonDifferences(parseText(await readSource(file), file), document)
  if (differences.length === 0) return remark(`${file} is up to date.`)
  const lines = differences
    .slice(0, MOST_SHOWN)
    .map(({ pointer, kind }) => `  ${kind.padEnd(7)} ${pointer || '(the whole document)'}`)
  const rest = differences.length - lines.length
  if (rest > 0) lines.push(`  and ${rest} more`)
  throw new CliError(
    `${file} is stale: ${differences.length} ${differences.length === 1 ? 'place differs' : 'places differ'} from the document of ${app}:\n${lines.join('\n')}\nWrite it again: ringback document ${app} --out ${file}`,
    { exitCode: EXIT.failed },
  )
}
