import { Command } from 'commander'
import { addChangeCommands } from './commands/change-deliveries.ts'
import { addCompletionCommand } from './commands/completion.ts'
import { addDeliveriesCommands } from './commands/deliveries.ts'
import { addDocumentCommand } from './commands/document.ts'
import { addLintCommand } from './commands/lint.ts'
import { addListenCommand } from './commands/listen.ts'
import { addReceiverCommands } from './commands/receiver.ts'
import { addRecoverCommand } from './commands/recover.ts'
import { addSecretCommands } from './commands/secret.ts'
import { addStatsCommand } from './commands/stats.ts'
import { addStoreCommands } from './commands/store.ts'
import { addTriggerCommand } from './commands/trigger.ts'
import { addVerifyCommand } from './commands/verify.ts'
import { readVersion } from './version.ts'

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
  addLintCommand(program)
  addSecretCommands(program)
  addVerifyCommand(program)
  addListenCommand(program)
  addTriggerCommand(program)
  addReceiverCommands(program)
  addDeliveriesCommands(program)
  addChangeCommands(program)
  addRecoverCommand(program)
  addStatsCommand(program)
  addStoreCommands(program)
  addCompletionCommand(program)
  program.addHelpText(
    'after',
    `
Exit codes: 0 all is well, 1 the check failed, 2 the command could not do its work.`,
  )
  return program
}
