import type { Env } from 'hono'
import type { HttpMethod } from './definition.ts'

/** Where an operation answers, and what the middleware before it sets. */
export interface RoutePlace {
  readonly method: HttpMethod
  readonly path: string
  readonly env: Env
}

/** A method on a path, before any middleware. */
export interface NewRoutePlace<
  TMethod extends HttpMethod,
  TPath extends string,
  TEnv extends Env = {},
> {
  readonly method: TMethod
  readonly path: TPath
  readonly env: TEnv
}
