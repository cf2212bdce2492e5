import type { Context } from 'hono'
import { CoreError } from '../errors.ts'
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
 *
 * @throws {CoreError} with `body-used` when the body was read past that cache
 */
export async function readJsonBody(c: Context, limit: number): Promise<JsonBody> {
  const type = c.req.header('content-type')
  if (type === undefined || !JSON_TYPE.test(type)) {
    return refuse(
      problem(415, { detail: "send the body as JSON, with 'content-type: application/json'" }),
    )
  }

  if (c.req.raw.bodyUsed && Object.keys(c.req.bodyCache).length === 0) {
    throw new CoreError(
      'body-used',
      'a middleware has read the body from c.req.raw, which leaves nothing for the operation: let it read c.req.text()',
    )
  }
  const tooLarge = () =>
    refuse(problem(413, { detail: `the body may have ${limit} bytes at most` }))
  const length = c.req.header('content-length')
  if (length !== undefined && Number(length) > limit) return tooLarge()
  // without a length the body is chunked, and only reading it tells how long it is
  if (length === undefined && !(await cacheText(c, limit))) return tooLarge()

  try {
    const text = await c.req.text()
    // not every server holds a client to the length that it announced
    if (isLonger(text, limit)) return tooLarge()
    return { ok: true, value: JSON.parse(text) }
  } catch {
    return refuse(problem(400, { detail: 'the body is not valid JSON' }))
  }
}

/** Whether the text has more bytes than the limit; one unit of it has 1 to 3. */
function isLonger(text: string, limit: number): boolean {
  if (text.length * 3 <= limit) return false
  return text.length > limit || new TextEncoder().encode(text).byteLength > limit
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
