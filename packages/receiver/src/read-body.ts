import { CoreError, readBytes } from '@ringback/core/internal'
import type { Context } from 'hono'

/** A request, and Hono's context of it if there is one. */
export interface BodySource {
  readonly request: Request
  readonly c: Context | undefined
}

/**
 * Reads the bytes of a body; returns `undefined` if they exceed the limit. In Hono, later `c.req.text()` and other
 * receivers read the same bytes.
 *
 * @throws {CoreError} with `body-used` if the body was consumed without Hono's cache
 */
export async function readBody(
  { request, c }: BodySource,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (request.bodyUsed) {
    if (c === undefined || Object.keys(c.req.bodyCache).length === 0) throw bodyUsed()
    const cached = new Uint8Array(await c.req.arrayBuffer())
    return cached.byteLength > limit ? undefined : cached
  }

  const bytes = request.body ? await readBytes(request.body, limit) : new Uint8Array()
  if (bytes && c) {
    // Hono's type has the resolved values, but the cache holds promises
    const cache = c.req.bodyCache as { arrayBuffer?: unknown }
    cache.arrayBuffer = Promise.resolve(bytes.buffer)
  }
  return bytes
}

function bodyUsed(): CoreError {
  return new CoreError(
    'body-used',
    'the body was consumed before the receiver could verify it; in Hono, let the middleware read ' +
      'c.req.text(), which keeps the body, and elsewhere give the receiver request.clone()',
  )
}
