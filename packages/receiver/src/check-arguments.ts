import type { AnyOutgoing } from '@ringback/core'
import { CoreError } from '@ringback/core/internal'
import type { ReceiveOptions } from './receive.ts'

// the compiler compares it with the type
const OPTIONS = {
  secrets: 1,
  headerPrefix: 1,
  seen: 1,
  answerChallenges: 1,
  log: 1,
  tolerance: 1,
  bodyLimit: 1,
  clock: 1,
} satisfies Record<keyof ReceiveOptions, 1>

/**
 * Refuses arguments that the compiler refuses too, for JavaScript.
 *
 * @throws {CoreError} with `option`
 */
export function checkArguments(
  callback: Partial<AnyOutgoing> | undefined,
  options: Partial<ReceiveOptions> = {},
): void {
  if (callback?.['~definition'] === undefined) {
    refuse('receive needs a callback(…) or webhook(…) as its first argument')
  }
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(OPTIONS, name))
  if (unknown !== undefined) {
    refuse(`receive has no option '${unknown}'; its options are ${Object.keys(OPTIONS).join(', ')}`)
  }
  const { secrets } = options
  if (typeof secrets !== 'function' && !Array.isArray(secrets)) {
    refuse(
      'receive needs the option secrets: a list, such as [process.env.CALLBACK_SECRET], or a function of the request',
    )
  }
}

/**
 * Refuses a handler that is no function.
 *
 * @throws {CoreError} with `option`
 */
export function checkHandler(handler: unknown): void {
  if (typeof handler === 'function') return
  refuse(
    'receive(…).handle(…) needs the function that handles callbacks: .handle(({ payload }) => …)',
  )
}

function refuse(problem: string): never {
  throw new CoreError('option', problem)
}
