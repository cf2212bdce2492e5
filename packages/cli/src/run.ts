import { CommanderError } from 'commander'
import pc from 'picocolors'
import { CliError, EXIT, messageOf } from './errors.ts'
import { createProgram } from './program.ts'
import { remark } from './terminal/write.ts'

/** Runs the command line with the arguments of a process; resolves to the exit code. */
export async function run(argv: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync([...argv])
    return Number(process.exitCode ?? EXIT.ok)
  } catch (error) {
    // commander has printed its message
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.trouble
    if (error instanceof CliError) {
      remark(`${pc.red('error:')} ${error.message}`)
      if (process.env.RINGBACK_DEBUG && error.cause) console.error(error.cause)
      return error.exitCode
    }
    remark(`${pc.red('error:')} ${messageOf(error)}`)
    if (process.env.RINGBACK_DEBUG) console.error(error)
    return EXIT.trouble
  }
}
