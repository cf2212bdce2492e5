import { CoreError } from '../definition/errors.ts'

/** The promises that the handler of one request has got of its callbacks and its exchange. */
export interface BegunSends {
  /** Watches a promise; `caller` names the call in messages: `callbacks.paid.call(…)`. */
  watch<TValue>(promise: Promise<TValue>, caller: string): Promise<TValue>
  /** Watches a promise that the response waits for. */
  hold<TValue>(promise: Promise<TValue>, caller: string): Promise<TValue>
  /** Runs the handler, and returns its response when all that holds it has settled. */
  settle(respond: () => Response | Promise<Response>): Response | Promise<Response>
}

interface Failure {
  readonly error: CoreError
  readonly isLoose: () => boolean
}

/**
 * Holds the response of one request until the sends that its handler began are stored. A failure that nobody awaits
 * makes the response a 500, or is logged after the response; it never ends the process as an unhandled rejection.
 *
 * @throws {CoreError} with `send` for a send that failed and was not awaited
 */
export function createBegunSends(place: string): BegunSends {
  const holding: Promise<unknown>[] = []
  const failures: Failure[] = []
  let hasResponded = false

  const fail = (caller: string, cause: unknown, isLoose: () => boolean) => {
    const why = cause instanceof Error ? cause.message : String(cause)
    const error = new CoreError(
      'send',
      `${place}: ${caller} failed and was not awaited: ${why}; await it, and catch its error if the response does not depend on it`,
      { cause },
    )
    if (!hasResponded) failures.push({ error, isLoose })
    else if (isLoose()) console.error(error)
  }
  const looseErrors = () => failures.filter(({ isLoose }) => isLoose()).map(({ error }) => error)

  const watch = <TValue>(promise: Promise<TValue>, caller: string): Promise<TValue> =>
    takeNotice(promise, (cause, isLoose) => fail(caller, cause, isLoose))

  const conclude = async (response: Response): Promise<Response> => {
    await Promise.all(holding)
    hasResponded = true
    const [first, ...others] = looseErrors()
    if (first === undefined) return response
    await response.body?.cancel()
    for (const error of others) console.error(error)
    throw first
  }
  const giveUp = (error: unknown): never => {
    hasResponded = true
    for (const loose of looseErrors()) console.error(loose)
    throw error
  }
  const release = (response: Response): Response | Promise<Response> => {
    if (holding.length > 0 || failures.length > 0) return conclude(response)
    hasResponded = true
    return response
  }

  return {
    watch,
    hold(promise, caller) {
      holding.push(promise.catch(() => undefined)) // `watch` keeps the failure
      return watch(promise, caller)
    },
    settle(respond) {
      let response: Response | Promise<Response>
      try {
        response = respond()
      } catch (error) {
        return giveUp(error)
      }
      return response instanceof Promise ? response.then(release, giveUp) : release(response)
    },
  }
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
