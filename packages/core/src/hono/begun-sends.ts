import { CoreError } from '../definition/errors.ts'

/**
 * The promises that the handler of one request has got of its callbacks and its exchange: they hold the response until
 * they are stored. A failure that nobody awaits makes the response a 500, or is logged after the response; it never
 * ends the process as an unhandled rejection.
 *
 * Plain data, with functions of the module: most requests of an operation with callbacks send none.
 */
export interface BegunSends {
  /** The name of the operation in messages. */
  readonly place: string
  readonly holding: Promise<unknown>[]
  readonly failures: Failure[]
  hasResponded: boolean
}

interface Failure {
  readonly error: CoreError
  readonly isLoose: () => boolean
}

/** Makes the record of one request. */
export function createBegunSends(place: string): BegunSends {
  return { place, holding: [], failures: [], hasResponded: false }
}

/** Watches a promise; `caller` names the call in messages: `callbacks.paid.call(…)`. */
export function watchSend<TValue>(
  begun: BegunSends,
  promise: Promise<TValue>,
  caller: string,
): Promise<TValue> {
  return takeNotice(promise, (cause, isLoose) => {
    const why = cause instanceof Error ? cause.message : String(cause)
    const error = new CoreError(
      'send',
      `${begun.place}: ${caller} failed and was not awaited: ${why}; await it, and catch its error if the response does not depend on it`,
      { cause },
    )
    if (!begun.hasResponded) begun.failures.push({ error, isLoose })
    else if (isLoose()) console.error(error)
  })
}

/** Watches a promise that the response waits for. */
export function holdSend<TValue>(
  begun: BegunSends,
  promise: Promise<TValue>,
  caller: string,
): Promise<TValue> {
  begun.holding.push(promise.catch(() => undefined)) // `watchSend` keeps the failure
  return watchSend(begun, promise, caller)
}

/**
 * Runs the handler, and returns its response when all that holds it has settled.
 *
 * @throws {CoreError} with `send` for a send that failed and was not awaited
 */
export function settleSends(
  begun: BegunSends,
  respond: () => Response | Promise<Response>,
): Response | Promise<Response> {
  let response: Response | Promise<Response>
  try {
    response = respond()
  } catch (error) {
    return giveUp(begun, error)
  }
  return response instanceof Promise
    ? response.then(
        (settled) => release(begun, settled),
        (error: unknown) => giveUp(begun, error),
      )
    : release(begun, response)
}

function release(begun: BegunSends, response: Response): Response | Promise<Response> {
  if (begun.holding.length > 0 || begun.failures.length > 0) return conclude(begun, response)
  begun.hasResponded = true
  return response
}

async function conclude(begun: BegunSends, response: Response): Promise<Response> {
  await Promise.all(begun.holding)
  begun.hasResponded = true
  const [first, ...others] = looseErrors(begun)
  if (first === undefined) return response
  await response.body?.cancel()
  for (const error of others) console.error(error)
  throw first
}

function giveUp(begun: BegunSends, error: unknown): never {
  begun.hasResponded = true
  for (const loose of looseErrors(begun)) console.error(loose)
  throw error
}

function looseErrors({ failures }: BegunSends): CoreError[] {
  return failures.filter(({ isLoose }) => isLoose()).map(({ error }) => error)
}

/** Reports the rejection of a promise, and of those that are made of it, with whether nobody has listened to it. */
function takeNotice<TValue>(
  promise: Promise<TValue>,
  onRejected: (cause: unknown, isLoose: () => boolean) => void,
): Promise<TValue> {
  let isTaken = false
  promise.catch((cause: unknown) => onRejected(cause, () => !isTaken))
  return new Proxy(promise, {
    get(target, key) {
      // `catch`, `finally` and `await` call it as well
      if (key !== 'then') return Reflect.get(target, key)
      return (...listeners: Parameters<typeof target.then>) => {
        isTaken = true
        return takeNotice(target.then(...listeners), onRejected)
      }
    },
  })
}
