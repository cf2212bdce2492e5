import type { OutgoingDefinition } from '@ringback/core'
import { loadOutgoingFields, problemResponse } from '@ringback/core/internal'
import { type Payload, readPayload, validate } from './read-payload.ts'

// loaded with the first callback that declares headers, a query, or a body that is not JSON

/** Parses a body in the media type of its callback, and validates it. */
export async function readOtherPayload(
  { body: schema, mediaType = '' }: OutgoingDefinition,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Payload> {
  const essence = (mediaType.split(';', 1)[0] ?? '').trim().toLowerCase()
  if (schema === undefined || essence === 'application/json' || essence.endsWith('+json')) {
    return readPayload(schema, bytes)
  }
  const isForm = essence === 'application/x-www-form-urlencoded'
  if (!isForm && !essence.startsWith('text/')) return validate('body', schema, bytes)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return { ok: false, response: problemResponse(400, { detail: 'the body is not UTF-8' }) }
  }
  if (!isForm) return validate('body', schema, text)
  const { readFormFields } = await loadOutgoingFields()
  return validate('body', schema, readFormFields(schema, text))
}

/** The declared headers and query of a request, validated. */
export type Parts =
  | { readonly ok: true; readonly parts: { readonly headers?: unknown; readonly query?: unknown } }
  | { readonly ok: false; readonly response: Response }

/** Reads and validates the headers and the query that a callback declares. */
export async function readParts(
  { headers, query }: OutgoingDefinition,
  request: Request,
): Promise<Parts> {
  const { readHeaderFields, readQueryFields } = await loadOutgoingFields()
  const parts: { headers?: unknown; query?: unknown } = {}
  if (headers) {
    const read = await validate('header', headers, readHeaderFields(headers, request.headers))
    if (!read.ok) return read
    parts.headers = read.payload
  }
  if (query) {
    const read = await validate('query', query, readQueryFields(query, request.url))
    if (!read.ok) return read
    parts.query = read.payload
  }
  return { ok: true, parts }
}
