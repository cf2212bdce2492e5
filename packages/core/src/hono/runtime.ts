import type { Context, MiddlewareHandler } from 'hono'
import type { CallbackSender } from '../definition/delivery.ts'
import type { ProblemFormat } from '../definition/problem.ts'

/** What operations need of the API that they run in. */
export interface ApiRuntimeOptions {
  /** Sends the callbacks; on edge runtimes a function of the request that brings bindings and secrets. */
  readonly sender?: CallbackSender | ((c: Context) => CallbackSender)
  /** The API's user on whose behalf a request runs; by default everybody is one owner. */
  readonly owner?: (c: Context) => string
  /** The public address of the place where the API is mounted; `$url` and the document begin with it. */
  readonly publicUrl?: string
  /** The longest request body that is read, in bytes, and the longest answer that a callback reads; 1 MiB by default. */
  readonly bodyLimit?: number
  /** Whether answers are held to their declarations; true by default. One that breaks them is a 500. */
  readonly checkResponses?: boolean
  /** How problems are worded; by default as RFC 9457 does. */
  readonly problems?: ProblemFormat
}

/** The same, complete. */
export interface Runtime {
  readonly sender: CallbackSender | ((c: Context) => CallbackSender) | undefined
  readonly owner: (c: Context) => string
  readonly publicUrl: string | undefined
  readonly bodyLimit: number
  readonly checkResponses: boolean
  readonly problems: ProblemFormat | undefined
}

const KEY = '~ringback'
const ONE_MEBIBYTE = 1024 * 1024

/** Fills in the defaults. */
export function runtimeFrom(options: ApiRuntimeOptions): Runtime {
  return {
    sender: options.sender,
    owner: options.owner ?? (() => 'default'),
    publicUrl: options.publicUrl,
    bodyLimit: options.bodyLimit ?? ONE_MEBIBYTE,
    checkResponses: options.checkResponses ?? true,
    problems: options.problems,
  }
}

const DEFAULT = runtimeFrom({})

/**
 * A middleware for operations that are mounted by hand: it brings them what `createApi` has as options.
 *
 * @example
 * const app = new Hono().use(apiRuntime({ sender })).on('post', createOrder.paths, ...createOrder.handlers)
 */
export function apiRuntime(options: ApiRuntimeOptions): MiddlewareHandler<{}> {
  const complete = runtimeFrom(options)
  return (c: Context, next) => {
    c.set(KEY, complete)
    return next()
  }
}

/** What the middleware `runtime` brought, or the defaults. */
export function runtimeOf(c: Context): Runtime {
  // nobody else sets a variable of this name
  return (c.get(KEY) as Runtime | undefined) ?? DEFAULT
}
