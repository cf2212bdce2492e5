import type { Context, MiddlewareHandler } from 'hono'
import type { CallbackSender } from '../definition/delivery.ts'
import type { ProblemFormat } from '../definition/problem.ts'
import type { Undeclared } from '../definition/sent-value.ts'

/** Options of the API that its operations need. */
export interface ApiRuntimeOptions {
  /** The sender of callbacks; on edge runtimes a function of the request, which has the bindings and secrets. */
  readonly sender?: CallbackSender | ((c: Context) => CallbackSender)
  /** The user of the API on whose behalf a request runs; by default one owner for all requests. */
  readonly owner?: (c: Context) => string
  /** The public URL of the API's mount; `$url` and the document's server begin with it. */
  readonly publicUrl?: string
  /** The maximum size of a request body, and of a response that a callback reads, in bytes; 1 MiB by default. */
  readonly bodyLimit?: number
  /** Checks responses against their declarations; a broken one becomes a 500. True by default. */
  readonly checkResponses?: boolean
  /** `keep` sends members that the schema of a response does not name; by default they are taken out. */
  readonly undeclared?: 'keep' | 'remove'
  /** The format of problem responses; by default that of RFC 9457. */
  readonly problems?: ProblemFormat
}

/** The options with all defaults. */
export interface Runtime {
  readonly sender: CallbackSender | ((c: Context) => CallbackSender) | undefined
  readonly owner: (c: Context) => string
  readonly publicUrl: string | undefined
  readonly bodyLimit: number
  readonly checkResponses: boolean
  readonly undeclared: Undeclared
  readonly problems: ProblemFormat | undefined
}

/** The owner of an API without that option: one for all requests. */
export const ONE_OWNER = (): string => 'default'

const KEY = '~ringback'
const ONE_MEBIBYTE = 1024 * 1024

/** Adds the defaults to the options. */
export function runtimeFrom(options: ApiRuntimeOptions): Runtime {
  return {
    sender: options.sender,
    owner: options.owner ?? ONE_OWNER,
    publicUrl: options.publicUrl,
    bodyLimit: options.bodyLimit ?? ONE_MEBIBYTE,
    checkResponses: options.checkResponses ?? true,
    undeclared: options.undeclared ?? 'remove',
    problems: options.problems,
  }
}

const DEFAULT = runtimeFrom({})

/**
 * Makes a middleware that gives the options of an API to operations which are mounted by hand.
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

/** The options from the middleware `apiRuntime`, or the defaults. */
export function runtimeOf(c: Context): Runtime {
  // only `apiRuntime` sets this variable
  return (c.get(KEY) as Runtime | undefined) ?? DEFAULT
}
