import { type Command, Option } from 'commander'

/** The option of every command that signs or verifies. */
export interface SecretOption {
  readonly secret?: readonly string[]
}

/** Adds `--secret`, which may come from the environment, where other users of the machine do not see it. */
export function addSecretOption(command: Command, description: string): Command {
  const option = new Option('--secret <secret>', description)
    .env('CALLBACK_SECRET')
    // the environment has one; each option adds one
    .argParser((one: string, before: unknown) => [...(isOwn(before) ? before : []), one])
  return command.addOption(option)
}

function isOwn(before: unknown): before is readonly string[] {
  return Array.isArray(before)
}
