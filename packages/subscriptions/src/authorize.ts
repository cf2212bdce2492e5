import type { Context, MiddlewareHandler } from 'hono'
import { problemOf } from './problems.ts'

/**
 * Gives the owner on whose behalf a request is made: `undefined` for a caller who is not known (401), `false` for one
 * who may not manage endpoints (403).
 */
export type Authorize = (
  c: Context,
) => string | false | undefined | Promise<string | false | undefined>

/** Makes the middleware that finds the owner, before anything else of a request is read. */
export function authorizeBy(
  authorize: Authorize,
): MiddlewareHandler<{ Variables: { owner: string } }> {
  return async (c, next) => {
    const owner = await authorize(c)
    if (owner === undefined || owner === '')
      return refuse(c, 401, 'the request has no credentials that are known here')
    if (owner === false) return refuse(c, 403, 'the caller may not manage endpoints')
    c.set('owner', owner)
    await next()
  }
}

function refuse(c: Context, status: 401 | 403, detail: string): Response {
  return c.json(problemOf(status, detail), status, { 'content-type': 'application/problem+json' })
}
