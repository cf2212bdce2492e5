import type { Context } from 'hono'
import { basePath } from 'hono/route'

/** Where the app is mounted: what the request's path has before the app's own path, without a slash at its end. */
export function mountOf(c: Context): string {
  return basePath(c).replace(/\/+$/, '')
}

/** The segments of the request's path as its URL has them, and how many of them are the mount; Hono's are decoded. */
export function segmentsAt(c: Context): { readonly segments: string[]; readonly mount: number } {
  return {
    segments: new URL(c.req.url).pathname.split('/'),
    mount: mountOf(c).split('/').length,
  }
}
