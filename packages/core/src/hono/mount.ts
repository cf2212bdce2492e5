import type { Context } from 'hono'
import { basePath } from 'hono/route'

/** The path that the app is mounted at, without a slash at its end. */
export function mountOf(c: Context): string {
  return basePath(c).replace(/\/+$/, '')
}

/** The segments of the request's path, encoded as in its URL, and the number of those that belong to the mount. */
export function segmentsAt(c: Context): { readonly segments: string[]; readonly mount: number } {
  return {
    segments: new URL(c.req.url).pathname.split('/'),
    mount: mountOf(c).split('/').length,
  }
}
