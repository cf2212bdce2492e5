import { type Command, Option } from 'commander'
import pc from 'picocolors'
import { readDocument } from '../documents/read-document.ts'
import { CliError, EXIT } from '../errors.ts'
import { RULES, type Rule } from '../lint/finding.ts'
import { lint } from '../lint/lint.ts'
import { createLocator } from '../lint/locate.ts'
import { type LocatedFinding, toSarif } from '../lint/to-sarif.ts'
import { print, printJson, remark } from '../terminal/write.ts'
import { readVersion } from '../version.ts'
import { type AppOptions, addAppOptions, loadEnvFile } from './app-options.ts'

interface LintCommandOptions extends AppOptions {
  readonly format: 'text' | 'json' | 'sarif'
  readonly off?: readonly Rule[]
  readonly strict?: true
}

/** Adds `lint`, which checks the callbacks, webhooks and links of any document. */
export function addLintCommand(program: Command): void {
  const command = program
    .command('lint')
    .summary('check the callbacks, webhooks and links of an OpenAPI document')
    .description(
      'Checks the callbacks, webhooks and links of OpenAPI documents of 3.0, 3.1 and 3.2, whoever has written them. Exits with 1 if there is an error, with 2 if a document cannot be read.',
    )
    .argument(
      '<sources...>',
      'files of JSON or YAML, URLs, modules with an app, or - for the standard input',
    )
    .addOption(
      new Option('--format <format>', 'how findings are printed')
        .choices(['text', 'json', 'sarif'])
        .default('text'),
    )
    .addOption(new Option('--off <rules...>', 'rules to leave out').choices(Object.keys(RULES)))
    .option('--strict', 'exit with 1 for warnings as well')
  const rules = Object.entries(RULES).map(
    ([name, [severity, text]]) => `  ${name.padEnd(23)} ${severity.padEnd(8)} ${text}`,
  )
  addAppOptions(command)
    .addHelpText(
      'after',
      `
Rules:
${rules.join('\n')}

Examples:
  $ ringback lint openapi.yaml
  $ ringback lint src/app.ts --strict
  $ ringback lint openapi.json --off missing-responses --format sarif > findings.sarif`,
    )
    .action(lintSources)
}

async function lintSources(sources: readonly string[], options: LintCommandOptions): Promise<void> {
  loadEnvFile(options)
  const found: LocatedFinding[] = []
  for (const source of sources) found.push(...(await lintSource(source, options)))

  if (options.format === 'json') printJson({ findings: found })
  else if (options.format === 'sarif') printJson(toSarif(found, readVersion()))
  else if (found.length > 0) print(found.map(describe).join('\n\n'))
  const errors = found.filter(({ severity }) => severity === 'error').length
  const documents = sources.length === 1 ? 'one document' : `${sources.length} documents`
  remark(
    `${count(errors, 'error')} and ${count(found.length - errors, 'warning')} in ${documents}.`,
  )
  if (errors > 0 || (options.strict && found.length > 0)) process.exitCode = EXIT.failed
}

async function lintSource(file: string, options: LintCommandOptions): Promise<LocatedFinding[]> {
  const { off = [], export: exportName, path } = options
  const { document, text } = await readDocument(file, { exportName, path })
  const locate = text === undefined ? () => undefined : createLocator(text)
  try {
    return lint(document)
      .filter(({ rule }) => !off.includes(rule))
      .map((finding) => {
        const location = locate(finding.pointer)
        return { file, ...finding, ...(location && { location }) }
      })
  } catch (cause) {
    throw new CliError(
      `'${file}' cannot be checked: this is a fault of ringback lint; please report the document.`,
      { cause },
    )
  }
}

function describe({ file, rule, severity, pointer, message, remedy, location }: LocatedFinding) {
  const place = location ? `${file}:${location.line}:${location.column}` : file
  const level = severity === 'error' ? pc.red(severity) : pc.yellow(severity)
  return `${pc.bold(place)} ${level} ${rule}\n  ${pc.dim(pointer || '/')}\n  ${message}\n  ${remedy}`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
