import { type Command, Option } from 'commander'
import { CliError, messageOf } from '../errors.ts'

/** Options of every command that loads an application. */
export interface AppOptions {
  readonly export?: string
  readonly path?: string
  readonly envFile?: string
}

/** Adds the options of a command that loads an application. */
export function addAppOptions(command: Command): Command {
  return command
    .option('--export <name>', 'the export that is the app; by default app, then default')
    .option(
      '--path <path>',
      'ask the app for its document here; for apps that createApi has not made',
    )
    .addOption(new Option('--env-file <file>', 'variables of the environment that the app needs'))
}

/** Sets the variables of a file, as `node --env-file` does. */
export function loadEnvFile({ envFile }: AppOptions): void {
  if (envFile === undefined) return
  try {
    process.loadEnvFile(envFile)
  } catch (cause) {
    throw new CliError(
      `'${envFile}' cannot be read: ${messageOf(cause)}; check the path of --env-file.`,
      { cause },
    )
  }
}
