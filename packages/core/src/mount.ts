import type { Context } from 'hono'
import { basePath } from 'hono/route'

/** Where the app is mounted: what the request's path has before the app's own path, without a slash at its end. */
export function mountOf(c: Context): string {
  return basePath(c).replace(/\/+$/, '')
}
