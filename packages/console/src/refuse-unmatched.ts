import type { Hono, MiddlewareHandler } from 'hono'
import type { ConsoleContext, ConsoleEnv } from './access.ts'
import { homeOf, pathBelow } from './pages/layout.ts'
import { noPage } from './pages/message.ts'

const METHODS = ['GET', 'POST']

/**
 * Makes the middleware that responds to what no page takes: 405 with `Allow` for another method, and 404 for a path that
 * does not exist. A path with a slash at its end leads to the page without it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.6
 */
export function refuseUnmatched(app: Hono<ConsoleEnv>): MiddlewareHandler<ConsoleEnv> {
  const methodsOf = (path: string) =>
    METHODS.filter((method) =>
      // middleware is for all methods
      app.router.match(method, path)[0].some(([[, route]]) => route.method === method),
    )

  return async (c, next) => {
    const method = c.req.method === 'HEAD' ? 'GET' : c.req.method
    const path = pathBelow(c)
    const methods = methodsOf(path)
    if (methods.includes(method)) return next()
    if (methods.length > 0) {
      const allow = methods.flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : one)).join(', ')
      return c.text(`this page takes only ${allow}\n`, 405, { allow })
    }
    const page = path.endsWith('/') ? path.slice(0, -1) : undefined
    if (method === 'GET' && page !== undefined && methodsOf(page || '/').includes('GET')) {
      return c.redirect(page === '' || page === '/' ? homeOf(c) : withoutSlash(c), 301)
    }
    return noPage(c)
  }
}

/** Gives the relative URL of a page without the slash at its end: behind a proxy, the path may have a prefix. */
function withoutSlash(c: ConsoleContext): string {
  const { pathname, search } = new URL(c.req.url)
  return `../${pathname.split('/').at(-2)}${search}`
}
