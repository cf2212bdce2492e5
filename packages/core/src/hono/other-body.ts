import type { Context } from 'hono'
import { FORM_TYPE, MULTIPART_TYPE } from '../definition/media-type.ts'
import { isLonger } from './is-longer.ts'
import { queryOf } from './query.ts'

// loaded with the first body that is not JSON

/** The result for a body that exceeds its limit. */
export const TOO_LARGE: unique symbol = Symbol()

/** Parses a body that is not JSON: forms to fields, `text/…` to a string, anything else to bytes. */
export async function parseOther(c: Context, essence: string, limit: number): Promise<unknown> {
  if (essence === FORM_TYPE || essence.startsWith('text/')) {
    const text = await c.req.text()
    if (isLonger(text, limit)) return TOO_LARGE
    return essence === FORM_TYPE ? queryOf(`?${text}`, undefined) : text
  }
  // not every server enforces the content-length
  const bytes = await c.req.arrayBuffer()
  if (bytes.byteLength > limit) return TOO_LARGE
  return essence === MULTIPART_TYPE ? fieldsOf(await c.req.formData()) : new Uint8Array(bytes)
}

/** The fields of a form: text or file, or an array for a repeated name. */
function fieldsOf(form: FormData): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.create(null)
  for (const name of new Set(form.keys())) {
    const [first, ...more] = form.getAll(name)
    fields[name] = more.length === 0 ? first : [first, ...more]
  }
  return fields
}
