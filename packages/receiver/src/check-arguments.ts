import type { AnyOutgoing } from '@ringback/core'
import { CoreError } from '@ringback/core/internal'
import type { ReceiveOptions } from './receive.ts'

type Rule = readonly [isRight: (value: unknown) => boolean, remedy: string]

const has =
  (...names: readonly string[]) =>
  (value: unknown) =>
    names.every((name) => typeof Reflect.get(Object(value), name) === 'function')
const isText = (value: unknown) => typeof value === 'string' && value !== ''
const isAmount = (value: unknown) => typeof value === 'number' && value >= 0

/** The type of each option, and what to give instead of another. */
const RULES: Readonly<Record<keyof ReceiveOptions, Rule>> = {
  secrets: [
    (value) => typeof value === 'function' || (Array.isArray(value) && value.every(isText)),
    'a list of text; an environment variable that is not set is undefined',
  ],
  headerPrefix: [isText, "text, such as 'svix'"],
  seen: [has('begin', 'complete', 'release'), 'a store of what was handled, such as memorySeen()'],
  answerChallenges: [(value) => typeof value === 'boolean', 'true or false'],
  log: [(value) => value === false || has('error')(value), 'an object with error(…), or false'],
  tolerance: [isAmount, 'seconds'],
  bodyLimit: [isAmount, 'bytes'],
  clock: [has('now'), 'an object with the function now'],
}

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
  if (typeof options !== 'object' || options === null) {
    refuse('receive takes its options in an object: give { secrets }')
  }
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(RULES, name))
  if (unknown !== undefined) {
    refuse(`receive has no option '${unknown}'; its options are ${Object.keys(RULES).join(', ')}`)
  }
  const { secrets } = options
  if (typeof secrets !== 'function' && !Array.isArray(secrets)) {
    refuse(
      'receive needs the option secrets: a list, such as [process.env.CALLBACK_SECRET], or a function of the request',
    )
  }
  for (const [name, [isRight, wanted]] of Object.entries(RULES)) {
    const value: unknown = Reflect.get(options, name)
    if (value === undefined || isRight(value)) continue
    refuse(`the option ${name} of receive is of another type: give ${wanted}`)
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
