import type { Context } from 'hono'
import { CoreError } from '../definition/errors.ts'
import { declaredTypeOf, essenceOf, isJson, JSON_TYPE } from '../definition/media-type.ts'
import { isLonger } from './is-longer.ts'
import { readBytes } from './read-bytes.ts'
import { type Refused, refuse } from './refusal.ts'

/** A request body as sent, before any schema; or the problem to answer. */
export type ReadBody =
  | {
      readonly ok: true
      /** The declared media type that it falls under; `undefined` when there is no body. */
      readonly type: string | undefined
      readonly value: unknown
    }
  | Refused

/** The declared bodies, by media type. */
export type Bodies = Readonly<Record<string, { readonly limit: number | undefined }>>

/**
 * Reads the body by its media type: 415 for one that is not declared, 413 past the limit in bytes, 400 for what
 * cannot be parsed. What was read stays in Hono's cache, so that `c.req.text()` gives it again.
 *
 * @throws {CoreError} with `body-used` when the body was read past that cache
 */
export async function readBody(c: Context, bodies: Bodies, bodyLimit: number): Promise<ReadBody> {
  const length = c.req.header('content-length')
  if (length === '0') return { ok: true, type: undefined, value: undefined }
  const header = c.req.header('content-type')
  const essence = header === undefined || header === JSON_TYPE ? header : essenceOf(header)
  const type = essence === undefined ? undefined : declaredTypeOf(essence, bodies)
  if (essence !== undefined && type === undefined) return wrongType(bodies)
  if (c.req.raw.bodyUsed && Object.keys(c.req.bodyCache).length === 0) {
    throw new CoreError(
      'body-used',
      'a middleware has read the body from c.req.raw, which leaves nothing for the operation: let it read c.req.text()',
    )
  }

  const limit = (type === undefined ? undefined : bodies[type]?.limit) ?? bodyLimit
  if (length !== undefined && Number(length) > limit) return refuse({ reason: 'too-large', limit })
  // without a length the body is chunked, and only reading it tells how long it is
  if (length === undefined && !(await cacheBody(c, limit)))
    return refuse({ reason: 'too-large', limit })

  if (essence === undefined || type === undefined) {
    const isEmpty = length === undefined && (await c.req.arrayBuffer()).byteLength === 0
    return isEmpty ? { ok: true, type, value: undefined } : wrongType(bodies)
  }
  const other = isJson(essence) ? undefined : await import('./declared.ts')
  try {
    if (other) {
      const value = await other.parseOther(c, essence, limit)
      return value === other.TOO_LARGE
        ? refuse({ reason: 'too-large', limit })
        : { ok: true, type, value }
    }
    const text = await c.req.text()
    if (isLonger(text, limit)) return refuse({ reason: 'too-large', limit })
    return { ok: true, type, value: JSON.parse(text) as unknown }
  } catch {
    return refuse({ reason: 'syntax', essence })
  }
}

function wrongType(bodies: Bodies): Refused {
  return refuse({ reason: 'wrong-type', types: Object.keys(bodies) })
}

async function cacheBody(c: Context, limit: number): Promise<boolean> {
  const stream = c.req.raw.bodyUsed ? null : c.req.raw.body
  if (stream === null) return true // read by a middleware, which leaves it in the cache; or there is none

  const bytes = await readBytes(stream, limit)
  if (bytes === undefined) return false
  // Hono types the cache by what its readers resolve to; it holds promises
  const cache = c.req.bodyCache as { arrayBuffer?: unknown }
  cache.arrayBuffer = Promise.resolve(bytes.buffer)
  return true
}
