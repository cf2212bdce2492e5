import type { Handler, MiddlewareHandler } from 'hono'

/**
 * Runs a middleware of an operation for the preflight requests of that operation, so that `cors` can answer them.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export function forPreflight(method: string, middleware: MiddlewareHandler): Handler {
  return (c, next) =>
    c.req.header('access-control-request-method') === method ? middleware(c, next) : next()
}

/** The middleware of security schemes: it asks for credentials, which a preflight request never has. */
export const CREDENTIAL_CHECKS: WeakSet<MiddlewareHandler> = /* @__PURE__ */ new WeakSet()
