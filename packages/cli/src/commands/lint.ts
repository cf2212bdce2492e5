import { type Command, Option } from 'commander'
import { RULES, type Rule } from '../lint/finding.ts'
import { type AppOptions, addAppOptions } from './app-options.ts'

/** The options of the command. */
export interface LintCommandOptions extends AppOptions {
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
    .action(async (sources: readonly string[], options: LintCommandOptions) => {
      const { lintSources } = await import('../lint/run-lint.ts')
      await lintSources(sources, options)
    })
}
