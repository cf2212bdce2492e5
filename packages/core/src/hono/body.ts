import type { Context } from 'hono'
import { loadDeclared, loadWords } from '#late'
import { CoreError } from '../definition/errors.ts'
import { declaredTypeOf, essenceOf, isJson, JSON_TYPE } from '../definition/media-type.ts'
import { decodeUtf8, isUtf8 } from './charset.ts'
import { mayOverflow } from './may-overflow.ts'
import { readBytes } from './read-bytes.ts'
import { type Refused, refuse } from './refusal.ts'

/** A request body before validation, or the refusal of one that cannot be read. */
export type ReadBody =
  | {
      readonly ok: true
      /** The declared media type that matches it; `undefined` without a body. */
      readonly type: string | undefined
      readonly value: unknown
    }
  | Refused

/** The declared bodies, by media type. */
export type Bodies = Readonly<Record<string, { readonly limit: number | undefined }>>

// kept, since an import costs as much as a small request, also when it is loaded already
let declared: typeof import('./declared.ts') | undefined

/**
 * Reads the body by its media type. Refuses an undeclared type, a compressed body, text that is not UTF-8
 * by its charset (415), a body over the limit in bytes (413), and one that cannot be parsed or has a number beyond 1.8e308 (400). The body stays in Hono's cache for `c.req.text()`.
 *
 * @throws {CoreError} with `body-used` if a middleware has consumed the body without that cache
 */
export async function readBody(c: Context, bodies: Bodies, bodyLimit: number): Promise<ReadBody> {
  const { raw } = c.req
  const length = raw.headers.get('content-length')
  if (length === '0') return { ok: true, type: undefined, value: undefined }
  const header = raw.headers.get('content-type') ?? undefined
  const essence = header === undefined || header === JSON_TYPE ? header : essenceOf(header)
  const type = essence === undefined ? undefined : declaredTypeOf(essence, bodies)
  if (essence !== undefined && type === undefined) return refuseType(bodies)
  const coding = raw.headers.get('content-encoding')
  if (coding !== null && coding.toLowerCase() !== 'identity')
    return refuse({ reason: 'compressed' })
  if (essence !== header && !isUtf8(essence, header)) return refuse({ reason: 'charset' })
  const isUsed = raw.bodyUsed
  if (isUsed && Object.keys(c.req.bodyCache).length === 0) {
    throw new CoreError(
      'body-used',
      'a middleware has consumed the body of c.req.raw; let it read c.req.text(), which keeps the body for the operation',
    )
  }

  const limit = (type === undefined ? undefined : bodies[type]?.limit) ?? bodyLimit
  if (length !== null && Number(length) > limit) return refuse({ reason: 'too-large', limit })
  if (type === undefined && length !== null) return refuseType(bodies)
  try {
    // not every server enforces the content-length
    const bytes = await bytesOf(c, length, limit)
    if (bytes === undefined || bytes.byteLength > limit)
      return refuse({ reason: 'too-large', limit })
    if (essence === undefined || type === undefined) {
      return bytes.byteLength === 0 ? { ok: true, type, value: undefined } : refuseType(bodies)
    }
    if (!isJson(essence)) {
      declared ??= await loadDeclared()
      const parsed = await declared.parseOther(c, essence, limit)
      return parsed.ok ? { ok: true, type, value: parsed.value } : parsed
    }
    const text = decodeUtf8(bytes)
    const value: unknown = JSON.parse(text)
    if (mayOverflow(text) && (await loadWords()).overflows(text)) {
      return refuse({ reason: 'overflow' })
    }
    return { ok: true, type, value }
  } catch {
    return refuse({ reason: 'syntax', essence: essence ?? JSON_TYPE })
  }
}

function refuseType(bodies: Bodies): Refused {
  return refuse({ reason: 'wrong-type', types: Object.keys(bodies) })
}

// undici copies a body once more for `arrayBuffer()`; other runtimes give the bytes at once
const isNode = globalThis.navigator?.userAgent?.startsWith('Node.js')

/** The bytes of a body, which stay in Hono's cache; `undefined` if they exceed the limit and no header says so. */
async function bytesOf(
  c: Context,
  length: string | null,
  limit: number,
): Promise<ArrayBuffer | undefined> {
  const { raw } = c.req
  // without a content-length the size is known after reading; a server's own class of requests has no cheap stream
  const isStreamed = length === null || (isNode && Object.getPrototypeOf(raw) === Request.prototype)
  // no body, or a middleware has put it into the cache
  const stream = isStreamed && !raw.bodyUsed ? raw.body : null
  if (stream === null) return c.req.arrayBuffer()

  const bytes = await readBytes(stream, limit)
  if (bytes === undefined) return undefined
  const { buffer } = bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice()
  // Hono's type has the resolved values, but the cache holds promises
  const cache = c.req.bodyCache as { arrayBuffer?: unknown }
  cache.arrayBuffer = Promise.resolve(buffer)
  return buffer
}
