import type { Command } from 'commander'

/** Options of a command that prints a table on a terminal, and JSON elsewhere. */
export interface OutputOptions {
  readonly json?: true
  readonly table?: true
}

/** Adds the options that choose between a table and JSON. */
export function addOutputOptions(command: Command): Command {
  return command
    .option('--json', 'print JSON on a terminal, too')
    .option('--table', 'print a table everywhere')
}

/** Whether JSON is printed: where nothing is chosen, to everything but a terminal. */
export function wantsJson({ json, table }: OutputOptions): boolean {
  return json ?? (!table && !process.stdout.isTTY)
}
