import { Hono } from 'hono'
import { NONCE, secureHeaders } from 'hono/secure-headers'

/** Serves an app under the content security policy of the README of @ringback/core. */
export function withStrictPolicy(app: Hono): Hono {
  return new Hono()
    .use(
      secureHeaders({
        contentSecurityPolicy: {
          defaultSrc: ["'none'"],
          scriptSrc: [NONCE],
          styleSrc: ["'unsafe-inline'"],
          connectSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
        },
      }),
    )
    .route('/', app)
}
