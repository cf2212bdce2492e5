import type { Env } from 'hono'
import type { Method } from './definition.ts'

/** Where an operation answers, and what the middleware before it sets. */
export interface Place {
  readonly method: Method
  readonly path: string
  readonly env: Env
}

/** A method on a path, before any middleware. */
export interface NewPlace<TMethod extends Method, TPath extends string, TEnv extends Env = {}> {
  readonly method: TMethod
  readonly path: TPath
  readonly env: TEnv
}
