import type { OutgoingPart } from '@ringback/core'
import { SenderError } from '../errors.ts'
import { describeIssues } from './describe-issues.ts'
import type { DraftMessage } from './draft-message.ts'
import { writeField } from './field-text.ts'

// loaded with the first callback that has headers, a query, or a body that is not JSON

/** The headers of a callback, by lower-case name, and its query, without a question mark. */
export interface WrittenParts {
  readonly headers?: Readonly<Record<string, string>>
  readonly query?: string
}

/**
 * Checks the headers and the query that were given to `send`, and writes them.
 *
 * @throws {SenderError} with `payload` when they do not match their schema or cannot be written
 */
export async function writeParts(message: DraftMessage): Promise<WrittenParts> {
  const headers = writeHeaders(message.name, await readPart(message, 'headers'))
  const query = writeQuery(`the query of '${message.name}'`, await readPart(message, 'query'))
  return { ...(headers && { headers }), ...(query !== '' && { query }) }
}

/**
 * Writes a payload that is not JSON in the media type of its callback.
 *
 * @throws {SenderError} with `payload`
 */
export function encodeOther(
  name: string,
  essence: string,
  payload: unknown,
): Uint8Array<ArrayBuffer> {
  const place = `the payload of '${name}'`
  if (essence === 'application/x-www-form-urlencoded') {
    return encoder.encode(writeQuery(place, Object.entries(recordOf(place, payload))))
  }
  if (essence.startsWith('text/')) {
    if (typeof payload === 'string' && payload.isWellFormed()) return encoder.encode(payload)
    throw refusal(
      `${place} must be text without unpaired surrogates, since its media type is ${essence}`,
    )
  }
  // copied: the bytes that are stored are signed and sent on every attempt
  if (payload instanceof Uint8Array) return new Uint8Array(payload)
  throw refusal(`${place} must be a Uint8Array, since its media type is ${essence}`)
}

const encoder = new TextEncoder()

type Fields = readonly (readonly [name: string, value: unknown])[]

async function readPart(message: DraftMessage, part: OutgoingPart): Promise<Fields> {
  const { name, callback, options } = message
  const schema = callback[part]
  const given = options?.[part]
  const place = `the ${part} of '${name}'`
  if (schema === undefined) {
    if (given === undefined) return []
    throw new SenderError(
      'option',
      `the callback '${name}' declares no ${part}: declare them by .${part}(schema), or leave them out of send`,
    )
  }
  const fields = recordOf(place, given ?? {})
  const checked = await schema['~standard'].validate(fields)
  if (checked.issues) {
    throw refusal(`${place} do not match their schema: ${describeIssues(checked.issues)}`)
  }
  // the result has the defaults of what was not given
  const defaults = Object.entries(checked.value ?? {}).filter(
    ([field, value]) => fields[field] === undefined && writeField(value).ok,
  )
  return [...defaults, ...Object.entries(fields)].filter(
    ([field, value]) => value !== undefined && callback.takes?.[part]?.(field) !== false,
  )
}

function recordOf(place: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refusal(`${place} must be an object with a member for each field`)
  }
  return value as Readonly<Record<string, unknown>>
}

// RFC 9110, 5.5; space at the ends would be lost
const HEADER_VALUE = /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?$/

function writeHeaders(name: string, fields: Fields): Record<string, string> | undefined {
  if (fields.length === 0) return undefined
  const headers: Record<string, string> = {}
  // sorted, so that equal headers are equal as JSON
  for (const [field, value] of fields.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const place = `the header '${field}' of '${name}'`
    const texts = textsOf(place, value)
    if (texts.length > 1 && texts.some((text) => text.includes(','))) {
      throw refusal(
        `${place} has an item with a comma, which separates the items of a header: give items without one`,
      )
    }
    const text = texts.join(',')
    if (!HEADER_VALUE.test(text)) {
      throw refusal(
        `${place} has characters that no header can carry: give latin letters without control characters, and no space at the ends, or encode the value`,
      )
    }
    headers[field.toLowerCase()] = text
  }
  return headers
}

function writeQuery(place: string, fields: Fields): string {
  const pairs = fields.flatMap(([field, value]) =>
    textsOf(`the field '${field}' in ${place}`, value).map(
      (text) => `${encodeURIComponent(field)}=${encodeURIComponent(text)}`,
    ),
  )
  return pairs.join('&')
}

function textsOf(place: string, value: unknown): readonly string[] {
  const written = writeField(value)
  if (written.ok) return written.texts
  throw refusal(`${place} ${written.problem}`)
}

function refusal(sentence: string): SenderError {
  return new SenderError('payload', sentence)
}
