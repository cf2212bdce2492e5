import { Hono } from 'hono'

/** Makes the Hono app of an API. On Workers, `#create-app` is `create-worker-app.ts`. */
export function createApp(): Hono {
  return new Hono()
}
