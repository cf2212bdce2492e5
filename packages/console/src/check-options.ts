import { ConsoleError } from './errors.ts'
import type { ConsoleOptions, ConsoleSenderOf } from './options.ts'

// the compiler compares it with the type
const OPTIONS = { authorize: 1 } satisfies Record<keyof ConsoleOptions, 1>

/**
 * Refuses arguments that the compiler refuses too, for JavaScript.
 *
 * @throws {ConsoleError} with `option`
 */
export function checkOptions(
  sender: ConsoleSenderOf | undefined,
  options: Partial<ConsoleOptions> = {},
): void {
  if (typeof sender !== 'function' && typeof sender?.inspect !== 'function') {
    refuse('takes one of createSender(…) first, or a function (c) => createSender(…)')
  }
  if (typeof options !== 'object' || options === null) {
    refuse('takes its options in an object: give { authorize }')
  }
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(OPTIONS, name))
  if (unknown !== undefined) {
    refuse(`has no option '${unknown}'; its options are ${Object.keys(OPTIONS).join(', ')}`)
  }
  if (typeof options.authorize !== 'function') {
    refuse(
      "needs the option authorize, a function that gives 'all', 'read' or false for a request: (c) => isOperator(c) && 'all'. Without it, anybody could read what was sent, and send it again",
    )
  }
}

function refuse(problem: string): never {
  throw new ConsoleError('option', `console ${problem}`)
}
