import type { MiddlewareHandler } from 'hono'
import { csrf } from 'hono/csrf'
import type { ConsoleEnv } from './access.ts'

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')
const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // with no-referrer, browsers send forms with the origin null
  'referrer-policy': 'same-origin',
}

/** Sets the headers of every response: no page is kept, framed, or loaded from elsewhere. */
export const setHeaders: MiddlewareHandler<ConsoleEnv> = async (c, next) => {
  await next()
  for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value)
  const caching = c.get('isAsset') ? 'private, max-age=31536000, immutable' : 'no-store'
  c.res.headers.set('cache-control', caching)
}

const checkOrigin = csrf()
const FORM = /^application\/x-www-form-urlencoded\b/i

/** Refuses what a page of another origin sends: by Sec-Fetch-Site, or Origin, of forms; nothing else is taken. */
export const refuseForeign: MiddlewareHandler<ConsoleEnv> = async (c, next) => {
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  if (!isRead && !FORM.test(c.req.header('content-type') ?? '')) {
    return c.text('the console takes only forms\n', 415)
  }
  return checkOrigin(c, next)
}
