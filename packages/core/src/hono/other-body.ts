import type { Context } from 'hono'
import { FORM_TYPE, MULTIPART_TYPE } from '../definition/media-type.ts'
import { decodeUtf8 } from './charset.ts'
import type { Fields } from './coerce.ts'
import { hasTooManyFields, hasTooManyParts, MAX_FIELDS } from './form-limits.ts'
import { addField, queryOf } from './query.ts'
import { type Refused, refuse } from './refusal.ts'

// loaded with the first body that is not JSON

/**
 * Parses a body that is not JSON: forms to fields, `text/…` to a string, anything else to bytes. Refuses a body over
 * the limit in bytes, and a form with too many fields. Throws for text that is not UTF-8.
 */
export async function parseOther(
  c: Context,
  essence: string,
  limit: number,
): Promise<Refused | { readonly ok: true; readonly value: unknown }> {
  // not every server enforces the content-length
  const bytes = await c.req.arrayBuffer()
  if (bytes.byteLength > limit) return refuse({ reason: 'too-large', limit })
  if (essence === MULTIPART_TYPE) {
    const type = c.req.header('content-type') ?? ''
    if (hasTooManyParts(bytes, type))
      return refuse({ reason: 'too-many-fields', limit: MAX_FIELDS })
    return { ok: true, value: fieldsOf(await c.req.formData(), bytes) }
  }
  if (essence !== FORM_TYPE && !essence.startsWith('text/')) {
    return { ok: true, value: new Uint8Array(bytes) }
  }
  const text = decodeUtf8(bytes)
  if (essence !== FORM_TYPE) return { ok: true, value: text }
  if (hasTooManyFields(text)) return refuse({ reason: 'too-many-fields', limit: MAX_FIELDS })
  return { ok: true, value: fieldsOfText(text) }
}

const ENCODED = /(?:%[\da-f]{2})+/gi

function fieldsOfText(text: string): Record<string, unknown> {
  // a percent sign that encodes nothing is text, but encoded bytes that are not UTF-8 are not
  for (const [bytes] of text.matchAll(ENCODED)) decodeURIComponent(bytes)
  return queryOf(`?${text}`, undefined)
}

/** The fields of a form: text or file, or an array for a repeated name; none for a file input without a file. */
function fieldsOf(form: FormData, bytes: ArrayBuffer): Record<string, unknown> {
  refuseReplaced(form, bytes)
  const fields: Fields = Object.create(null)
  for (const [name, value] of form) if (!isUnchosen(value)) addField(fields, name, value)
  return fields
}

/** The file that a browser sends for an input in which none is chosen. */
function isUnchosen(value: FormDataEntryValue): boolean {
  return value instanceof File && value.size === 0 && value.name === ''
}

const REPLACEMENT = '\uFFFD'

/** Throws if the text of a form has more replacement characters than its bytes, so that some replace broken UTF-8. */
function refuseReplaced(form: FormData, bytes: ArrayBuffer): void {
  const texts = [...form].flatMap(([name, value]) => [name, typeof value === 'string' ? value : ''])
  const found = countIn(texts.join(), REPLACEMENT)
  if (found === 0) return
  // one character for each byte; these three are the same in windows-1252, which `latin1` means
  const sent = new TextDecoder('latin1').decode(bytes)
  if (found > countIn(sent, '\xEF\xBF\xBD')) throw new TypeError('the form is not UTF-8')
}

function countIn(text: string, part: string): number {
  return text.split(part).length - 1
}
