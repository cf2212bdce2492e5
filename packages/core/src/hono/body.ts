import type { Context } from 'hono'
import { problem } from '../problem.ts'
import { readBytes } from '../read-bytes.ts'

/** A request body as sent, before any schema; or the problem to answer. */
export type JsonBody =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly response: Response }

const JSON_TYPE = /^application\/(?:[\w!#$&^.+-]+\+)?json[\t ]*(?:;|$)/i

/**
 * Reads the JSON body: 415 for another media type, 413 past the limit in bytes, 400 for what is not JSON.
 * What was read stays in Hono's cache, so that `c.req.text()` gives it again.
 */
export async function readJsonBody(c: Context, limit: number): Promise<JsonBody> {
  const type = c.req.header('content-type')
  if (type === undefined || !JSON_TYPE.test(type)) {
    return refuse(
      problem(415, { detail: "send the body as JSON, with 'content-type: application/json'" }),
    )
  }

  const tooLarge = () =>
    refuse(problem(413, { detail: `the body may have ${limit} bytes at most` }))
  const length = c.req.header('content-length')
  if (length !== undefined && Number(length) > limit) return tooLarge()
  // without a length the body is chunked, and only reading it tells how long it is
  if (length === undefined && !(await cacheText(c, limit))) return tooLarge()

  try {
    return { ok: true, value: JSON.parse(await c.req.text()) }
  } catch {
    return refuse(problem(400, { detail: 'the body is not valid JSON' }))
  }
}

function refuse(response: Response): JsonBody {
  return { ok: false, response }
}

async function cacheText(c: Context, limit: number): Promise<boolean> {
  const stream = c.req.raw.bodyUsed ? null : c.req.raw.body
  if (stream === null) return true // read by a middleware, which leaves it in the cache; or there is none

  const bytes = await readBytes(stream, limit)
  if (bytes === undefined) return false
  // Hono types the cache by what its readers resolve to; it holds promises
  const cache = c.req.bodyCache as { arrayBuffer?: unknown }
  cache.arrayBuffer = Promise.resolve(bytes.buffer)
  return true
}
