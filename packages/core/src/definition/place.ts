import type { Env } from 'hono'
import type { HttpMethod } from './definition.ts'

/** The method and path of an operation, and the environment that its middleware sets. */
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
