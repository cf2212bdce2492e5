import type { Context } from 'hono'

/** The bytes of a response that is made once and sent often. */
export interface CachedBody {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** A strong ETag of the bytes alone, so that every process has the same. */
  readonly etag: string
}

/** Prepares bytes for `respondCached`. */
export async function toCachedBody(body: string | Uint8Array<ArrayBuffer>): Promise<CachedBody> {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const hex = Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0'))
  return { bytes, etag: `"${hex.join('')}"` }
}

/**
 * Responds with the bytes, or with 304 to a client that has them.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#name-if-none-match
 */
export function respondCached(
  c: Context,
  { bytes, etag }: CachedBody,
  headers: Readonly<Record<string, string>>,
): Response {
  const fields = { ...headers, etag }
  if (!isKnown(c.req.header('if-none-match'), etag)) return c.body(bytes, 200, fields)
  const { 'content-type': _type, 'content-encoding': _encoding, ...rest } = headers
  return c.body(null, 304, { ...rest, etag })
}

/** Compares weakly: a proxy that compresses the response makes its tag weak. */
function isKnown(header: string | undefined, etag: string): boolean {
  if (header?.trim() === '*') return true
  return header?.match(/"[^"]*"/g)?.includes(etag) ?? false
}
