import type { Hono } from 'hono'
import { CoreError } from '../definition/errors.ts'

/**
 * Refuses middleware that is added to an API after its operations: Hono runs handlers in the order in which they are
 * added, so it would never run for them. Middleware for paths that no operation has is added as ever.
 */
export function refuseLateMiddleware(app: Hono): void {
  const { routes } = app
  const taken = routes.map(({ path }) => path)
  const use: (...args: never[]) => unknown = app.use
  const guarded = (...args: readonly unknown[]) => {
    const path = typeof args[0] === 'string' ? args[0] : '*'
    const start = path.replace(/^\/?/, '/').replace(/\/?(?:\*|:).*$/s, '')
    const isCovered = (one: string) =>
      one === path || (/[*:]/.test(path) && (one === start || one.startsWith(`${start}/`)))
    if (taken.some(isCovered)) {
      throw new CoreError(
        'path',
        `app.use('${path}', …) comes after the operations of createApi, so it would never run for them; write new Hono().use(…).route('/', app), or give a group the middleware: group({ use: […] })`,
      )
    }
    return use(...(args as never[]))
  }
  // the same arguments and result as Hono's own
  app.use = guarded as typeof app.use
}
