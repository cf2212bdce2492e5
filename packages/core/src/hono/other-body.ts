import type { Context } from 'hono'
import { FORM_TYPE, MULTIPART_TYPE } from '../definition/media-type.ts'
import { decodeUtf8 } from './charset.ts'
import { queryOf } from './query.ts'

// loaded with the first body that is not JSON

/** The result for a body that exceeds its limit. */
export const TOO_LARGE: unique symbol = Symbol()

/**
 * Parses a body that is not JSON: forms to fields, `text/…` to a string, anything else to bytes. Throws for text that
 * is not UTF-8.
 */
export async function parseOther(c: Context, essence: string, limit: number): Promise<unknown> {
  // not every server enforces the content-length
  const bytes = await c.req.arrayBuffer()
  if (bytes.byteLength > limit) return TOO_LARGE
  if (essence === MULTIPART_TYPE) return fieldsOf(await c.req.formData(), bytes)
  if (essence.startsWith('text/')) return decodeUtf8(bytes)
  return essence === FORM_TYPE ? fieldsOfText(decodeUtf8(bytes)) : new Uint8Array(bytes)
}

const ENCODED = /(?:%[\da-f]{2})+/gi

function fieldsOfText(text: string): Record<string, unknown> {
  // a percent sign that encodes nothing is text, but encoded bytes that are not UTF-8 are not
  for (const [bytes] of text.matchAll(ENCODED)) decodeURIComponent(bytes)
  return queryOf(`?${text}`, undefined)
}

/** The fields of a form: text or file, or an array for a repeated name. */
function fieldsOf(form: FormData, bytes: ArrayBuffer): Record<string, unknown> {
  refuseReplaced(form, bytes)
  const fields: Record<string, unknown> = Object.create(null)
  for (const name of new Set(form.keys())) {
    const [first, ...more] = form.getAll(name)
    fields[name] = more.length === 0 ? first : [first, ...more]
  }
  return fields
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
