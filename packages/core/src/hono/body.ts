import type { Context } from 'hono'
import type { ContentDefinition } from '../definition.ts'
import { CoreError } from '../errors.ts'
import { declaredTypeOf, essenceOf, FORM_TYPE, isJson, MULTIPART_TYPE } from '../media-type.ts'
import type { ProblemStatus } from '../problem.ts'
import { readBytes } from '../read-bytes.ts'
import { queryOf } from './query.ts'

/** A request body as sent, before any schema; or the problem to answer. */
export type ReadBody =
  | {
      readonly ok: true
      /** The declared media type that it falls under; `undefined` when there is no body. */
      readonly type: string | undefined
      readonly value: unknown
    }
  | { readonly ok: false; readonly status: ProblemStatus; readonly detail: string }

type Content = Readonly<Record<string, ContentDefinition>>

/**
 * Reads the body by its media type: 415 for one that is not declared, 413 past the limit in bytes, 400 for what
 * cannot be parsed. What was read stays in Hono's cache, so that `c.req.text()` gives it again.
 *
 * @throws {CoreError} with `body-used` when the body was read past that cache
 */
export async function readBody(c: Context, content: Content, bodyLimit: number): Promise<ReadBody> {
  const length = c.req.header('content-length')
  if (length === '0') return { ok: true, type: undefined, value: undefined }
  const header = c.req.header('content-type')
  const essence = header === undefined ? undefined : essenceOf(header)
  const type = essence === undefined ? undefined : declaredTypeOf(essence, content)
  const limit = (type === undefined ? undefined : content[type]?.limit) ?? bodyLimit
  if (essence !== undefined && type === undefined) return wrongType(content)
  if (c.req.raw.bodyUsed && Object.keys(c.req.bodyCache).length === 0) {
    throw new CoreError(
      'body-used',
      'a middleware has read the body from c.req.raw, which leaves nothing for the operation: let it read c.req.text()',
    )
  }

  const tooLarge = refuse(413, `the body may have ${limit} bytes at most`)
  if (length !== undefined && Number(length) > limit) return tooLarge
  // without a length the body is chunked, and only reading it tells how long it is
  if (length === undefined && !(await cacheBody(c, limit))) return tooLarge

  if (essence === undefined || type === undefined) {
    const isEmpty = length === undefined && (await c.req.arrayBuffer()).byteLength === 0
    return isEmpty ? { ok: true, type, value: undefined } : wrongType(content)
  }
  try {
    const value = await parseBody(c, essence, limit)
    return value === TOO_LARGE ? tooLarge : { ok: true, type, value }
  } catch {
    return refuse(400, `the body is not valid ${WORDS[essence] ?? 'JSON'}`)
  }
}

const WORDS: Readonly<Record<string, string>> = {
  [MULTIPART_TYPE]: 'multipart form data',
  [FORM_TYPE]: 'form data',
}

const TOO_LARGE = Symbol()

/** JSON and forms are parsed, other text is a string, the rest bytes. */
async function parseBody(c: Context, essence: string, limit: number): Promise<unknown> {
  if (essence === MULTIPART_TYPE) {
    // not every server holds a client to the length that it announced
    const bytes = await c.req.arrayBuffer()
    return bytes.byteLength > limit ? TOO_LARGE : fieldsOf(await c.req.formData())
  }
  const json = isJson(essence)
  if (!json && essence !== FORM_TYPE && !essence.startsWith('text/')) {
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    return bytes.byteLength > limit ? TOO_LARGE : bytes
  }
  const text = await c.req.text()
  if (isLonger(text, limit)) return TOO_LARGE
  if (json) return JSON.parse(text)
  return essence === FORM_TYPE ? queryOf(`?${text}`, undefined) : text
}

/** A field is its text or its file; an array where it is repeated. */
function fieldsOf(form: FormData): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.create(null)
  for (const name of new Set(form.keys())) {
    const [first, ...more] = form.getAll(name)
    fields[name] = more.length === 0 ? first : [first, ...more]
  }
  return fields
}

/** Whether the text has more bytes than the limit; one unit of it has 1 to 3. */
function isLonger(text: string, limit: number): boolean {
  if (text.length * 3 <= limit) return false
  return text.length > limit || new TextEncoder().encode(text).byteLength > limit
}

function wrongType(content: Content): ReadBody {
  const [first = '', ...more] = Object.keys(content)
  if (more.length > 0) {
    return refuse(
      415,
      `send the body as ${[first, ...more].join(' or ')}, and say so in content-type`,
    )
  }
  const name = isJson(first) ? 'JSON' : first
  return refuse(415, `send the body as ${name}, with 'content-type: ${first}'`)
}

function refuse(status: ProblemStatus, detail: string): ReadBody {
  return { ok: false, status, detail }
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
