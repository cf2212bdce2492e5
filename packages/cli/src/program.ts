import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { addDocumentCommand } from './commands/document.ts'
import { addListenCommand } from './commands/listen.ts'
import { addSecretCommands } from './commands/secret.ts'
import { addTriggerCommand } from './commands/trigger.ts'
import { addVerifyCommand } from './commands/verify.ts'

/** Makes the command line: every command with its options, and none of its work. */
export function createProgram(): Command {
  const program = new Command('ringback')
    .description(
      'OpenAPI callbacks: their document, their signatures, their receivers and their deliveries.',
    )
    .version(readVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print the help of a command')
    .showHelpAfterError('Run it with --help for its arguments and examples.')
    .exitOverride()
  addDocumentCommand(program)
  addSecretCommands(program)
  addVerifyCommand(program)
  addListenCommand(program)
  addTriggerCommand(program)
  program.addHelpText(
    'after',
    `
Exit codes: 0 all is well, 1 the check failed, 2 the command could not do its work.`,
  )
  return program
}

function readVersion(): string {
  // beside src and dist alike
  const manifest: unknown = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  )
  return typeof manifest === 'object' && manifest && 'version' in manifest
    ? String(manifest.version)
    : ''
}
