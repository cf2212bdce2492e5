import type { Context } from 'hono'
import type { Runtime } from './runtime.ts'

/** A response that a method of the context made, with the value that it sends. */
export interface MadeBody {
  readonly response: Response
  readonly value: unknown
  /** The media type, if it is known without the response's headers. */
  readonly type: string | undefined
}

/** Prepares the methods of a context for the responses of its operation; they add those that they make to a list. */
export type PrepareContext = (c: Context, made: MadeBody[], runtime: Runtime) => void
